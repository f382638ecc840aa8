"""A permission to write stands at the workflow instead of its only job.

## Why it matters
As long as there is one job it makes no difference. The next job that is added gets the permission too, and nobody notices.

## Five whys
1. Why could a test write packages? Its token may.
2. Why? The permission stands at the workflow.
3. Why was it not moved when the test was added? New jobs inherit it silently.
4. Why does it stand there? With one job both places are the same.
5. Why does it matter? Tests run the dependencies' code.

## Fix now
Move it to the job, and leave `permissions: {}` or `contents: read` at the top.

## Workaround
None is needed while there is one job.

## Prevent
Name permissions to write only at jobs.

## Validate
The top of the workflow has no `write`.

## Bad
```github
on: push
permissions:
  contents: write # finding
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: make release
```

## Good
```github
on: push
permissions: {}
jobs:
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


@rule(target="github_workflow", each=pipelines, severity=Severity.INFO, aliases="zizmor:excessive-permissions")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    if len(pipeline.jobs) == 1 and isinstance(pipeline.permissions.value, dict):
        for scope, level in pipeline.permissions.entries():
            if level.value == "write":
                yield Fail(level, f"every job that is added may write {scope}, too", "the permission at the job")
