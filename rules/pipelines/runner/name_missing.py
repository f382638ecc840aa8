"""A workflow, job or action has no name.

## Why it matters
Lists of runs and required checks show the file's path or the key instead, which say little and change with a rename, so that protection
of a branch waits for a check that no longer comes.

## Five whys
1. Why could a pull request not be merged? The required check never came.
2. Why not? Its name changed with the file.
3. Why is the file its name? The workflow has none of its own.
4. Why not? It works without.
5. Why was it not noticed? The list of runs shows the path.

## Fix now
Write `name:` at the top.

## Workaround
None is needed for workflows with one reader.

## Prevent
Put it into the template of workflows.

## Validate
The list of runs shows the name.

## Bad
```github finding=1
on: push
permissions: {}
jobs:
  test:
    name: Test
    runs-on: ubuntu-24.04
    steps:
      - run: make test
```

## Good
```github
name: Test
on: push
permissions: {}
jobs:
  test:
    name: Test
    runs-on: ubuntu-24.04
    steps:
      - run: make test
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline


@rule(target="github_workflow github_action", each=pipelines, severity=Severity.INFO, aliases="zizmor:anonymous-definition")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    if pipeline.name.missing:
        yield Fail(pipeline.name, "it has no name", "name")
