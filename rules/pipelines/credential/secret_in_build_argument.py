"""A secret is passed to an image's build as an argument.

## Why it matters
Build arguments stay in the image: `docker history` shows them to everybody who can pull it, and they are in caches and attestations.

## Five whys
1. Why did a stranger have the token? It is in the history of the image.
2. Why? It was a build argument, and arguments are recorded with each layer.
3. Why was an argument used? The build needs the token to fetch private packages.
4. Why not a secret mount? It needs another line in the Dockerfile.
5. Why was it not noticed? The files of the image do not hold it.

## Fix now
Change the token. Pass it as a secret: `docker build --secret id=npm,env=NPM_TOKEN`, and in the Dockerfile `RUN --mount=type=secret,id=npm
...`; the action has an input `secrets`.

## Workaround
Fetch the private packages before the build and copy them.

## Prevent
Check images before they are pushed (`docker history --no-trunc`).

## Validate
`docker history --no-trunc IMAGE` does not show it.

## Bad
```github
on: push
permissions: {}
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: docker build --build-arg NPM_TOKEN=${{ secrets.NPM_TOKEN }} . # finding
```

```gitlab
package:
  script:
    - docker build --build-arg "TOKEN=$NPM_TOKEN" . # finding
```

## Good
```gitlab
package:
  script:
    - docker build --build-arg VERSION=$CI_COMMIT_TAG --secret id=npm,env=NPM_TOKEN .
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.builds import Build, builds
from auditor.views.pipeline.credentials import secret_test
from auditor.views.pipeline.once import once

_USED = re.compile(r"\$\{?(\w+)")
_SECRET = re.compile(r"\$\{\{[^}]*\bsecrets\.", re.I)


@once
def _builds(resource: Resource, graph: Graph) -> Iterator[Build]:
    return (build for job in jobs(resource, graph) for build in builds(job))


@rule(target=KINDS, each=_builds, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(build: Build) -> Iterator[Fail]:
    secret = secret_test(build.step)
    for name, where in build.arguments:
        value = next((line for line in (where.text or "").splitlines() if line.strip().strip("\"'").startswith(name)), "")
        used = [found[1] for found in _USED.finditer(value)]
        if _SECRET.search(value) or any(secret(it) for it in used) or (value.strip() == name and secret(name)):
            yield Fail(where, f"the build argument {name} keeps a secret in the image", "a secret mount")
