"""A permission to write is given to all jobs of a workflow.

## Why it matters
What stands at the top of a workflow holds for each of its jobs, the tests and linters too, that run code of many others. The one job that
publishes needs it, all can use it.

## Five whys
1. Why could a test change a release? Its token may write contents.
2. Why? The permission stands at the workflow, not at the job that publishes.
3. Why? With one job it made no difference.
4. Why was it not moved when jobs were added? New jobs inherit it silently.
5. Why does it matter? Tests run the dependencies' code, which publishing does not.

## Fix now
Move the permission to the job that needs it, and leave `permissions: {}` or `contents: read` at the top.

## Workaround
Override it at the other jobs: `permissions: {contents: read}`.

## Prevent
Name permissions to write only at jobs.

## Validate
The log of the other jobs (Set up job, GITHUB_TOKEN Permissions) does not list it.

## Bad
```github
on: push
permissions:
  contents: write # finding
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: make release
```

## Good
```github
on: push
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
  release:
    permissions:
      contents: write
    runs-on: ubuntu-24.04
    steps:
      - run: make release
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline


@rule(target="github_workflow", each=pipelines, severity=Severity.MEDIUM, aliases="zizmor:excessive-permissions")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    if len(pipeline.jobs) > 1 and isinstance(pipeline.permissions.value, dict):
        for scope, level in pipeline.permissions.entries():
            if level.value == "write":
                yield Fail(level, f"all {len(pipeline.jobs)} jobs may write {scope}", "the permission at the job that needs it")
