"""A token of a GitHub App reaches more than the job needs, or lives on after it.

## Why it matters
A token of an app without `repositories` works in every repository of the owner where the app is installed, one without `permission-*` has
all permissions of the app, and one that is not revoked is good for an hour after the job. Whoever gets it from a log or a step uses it
there.

## Five whys
1. Why could a step change other repositories? Its token of the app was for all of them.
2. Why? With `owner` alone it is issued for the whole installation.
3. Why did it have all permissions? None were named, so it has those of the app.
4. Why was it still valid after the job? It was not revoked at the end.
5. Why was it not noticed? The step works with too wide a token as with a narrow one.

## Fix now
Name `repositories` and a `permission-...` for each thing that is needed, and leave `skip-token-revoke` out.

## Workaround
Give the app itself fewer permissions, or install it in fewer repositories.

## Prevent
Use one app for each purpose.

## Validate
With the token a call to another repository answers 404.

## Bad
```github
on: push
permissions: {}
jobs:
  sync:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/create-github-app-token@fee1f7d63c2ff003460e3d139729b119787bc349 # finding
        with:
          app-id: ${{ vars.APP_ID }}
          private-key: ${{ secrets.APP_KEY }}
      - uses: actions/create-github-app-token@fee1f7d63c2ff003460e3d139729b119787bc349
        with:
          app-id: ${{ vars.APP_ID }}
          private-key: ${{ secrets.APP_KEY }}
          owner: acme # finding
          permission-contents: write
          skip-token-revoke: true # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  sync:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/create-github-app-token@fee1f7d63c2ff003460e3d139729b119787bc349
        with:
          app-id: ${{ vars.APP_ID }}
          private-key: ${{ secrets.APP_KEY }}
          owner: acme
          repositories: site
          permission-contents: write
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.reading import entries, field

_OF_ORGANISATION = frozenset({"permission-members", "permission-profile", "permission-email-addresses"})


@rule(
    target="github_workflow github_action",
    each=steps,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="zizmor:github-app",
)
def check(step: Step) -> Iterator[Fail]:
    if step.uses is None or not step.calls("actions/create-github-app-token", "tibdex/github-app-token"):
        return
    inputs = step.uses.inputs
    revoke = field(inputs, "skip-token-revoke")
    if revoke.present and revoke.value is not False and revoke.text != "false":
        yield Fail(revoke, "the app's token is not revoked at the end of the job", "nothing, or false")
    if not step.calls("actions/create-github-app-token"):
        return
    granted = [name for name, _ in entries(inputs) if name.startswith("permission-")]
    if not granted:
        yield Fail(step.uses.where, "the token has all permissions of the app", "permission-... for what is needed")
    owner = field(inputs, "owner")
    of_organisation = bool(granted) and all(name in _OF_ORGANISATION or name.startswith("permission-organization-") for name in granted)
    if owner.present and field(inputs, "repositories").missing and not of_organisation:
        yield Fail(owner, "the token is for every repository of the owner where the app is installed", "repositories")
