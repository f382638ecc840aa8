"""A token may read everything.

## Why it matters
`read-all` opens what most jobs never need: security alerts, packages, artifacts and caches of other runs, private code of the repository.
A step that was taken over can send it away.

## Five whys
1. Why did a test read the security alerts? The token may read everything.
2. Why? `permissions: read-all` was taken as the careful choice.
3. Why is it not? Reading is enough to steal.
4. Why was it not narrower? It is one word.
5. Why did it stay? Nothing fails with too many permissions.

## Fix now
Write `permissions: {contents: read}`, or `{}` where nothing is checked out, and add what a job needs at that job.

## Workaround
None is needed in a public repository without secrets in its alerts and packages.

## Prevent
Name permissions one by one.

## Validate
The log (Set up job, GITHUB_TOKEN Permissions) lists only what was named.

## Bad
```github
on: push
permissions: read-all # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on: push
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline


@rule(target="github_workflow", each=pipelines, severity=Severity.LOW, aliases="zizmor:excessive-permissions")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    for permissions in (pipeline.permissions, *(job.permissions for job in pipeline.jobs)):
        if permissions.value == "read-all":
            yield Fail(permissions, "the token may read everything", "the permissions that are needed, one by one")
