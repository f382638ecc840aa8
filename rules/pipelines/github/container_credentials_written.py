"""The password of a container registry is written in a workflow.

## Why it matters
Whoever can read the repository, now or in its history, can pull and mostly push images with it.

## Five whys
1. Why could a stranger push an image? The registry's password is in the repository.
2. Why is it there? The container of a job needs a login, and the value was at hand.
3. Why was it not masked? Only secrets are; a text of the workflow is printed as it is.
4. Why was it not found? It stands in a key that is called password, among many lines that are not secret.

## Fix now
Change the password at the registry now: it stays in the history. Store the new one as a secret and write `password: ${{
secrets.REGISTRY_PASSWORD }}`.

## Workaround
Use an image that can be pulled without a login, or log in by OIDC in a step.

## Prevent
Scan for secrets before a push and at the server; give CI a token that can only pull.

## Validate
The old password is refused: `docker login` with it fails.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    container:
      image: registry.example.org/build:1
      credentials:
        username: ci
        password: hunter2-hunter2 # finding
    steps:
      - run: make
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    container:
      image: registry.example.org/build:1
      credentials:
        username: ci
        password: ${{ secrets.REGISTRY_PASSWORD }}
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.expression import fences
from auditor.views.github.places import Container, containers


@rule(
    each=containers,
    target="github_workflow",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:credentials zizmor:hardcoded-container-credentials",
)
def check(container: Container) -> Iterator[Fail]:
    password = container.where.at("credentials.password")
    text = password.text if password.present else None
    if text and not fences(text):
        message = f"the password for the image of {container.name!r} is written in the workflow"
        yield Fail(password, message, expected="${{ secrets.NAME }}", secret=True)
