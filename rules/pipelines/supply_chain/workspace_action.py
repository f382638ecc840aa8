"""An action or workflow of the repository is taken from the folder of the job.

## Why it matters
`./path` names a file in the working folder: what a checkout of another ref, an artifact or an earlier step put there is run. `$/path`
names the file of the commit that the workflow itself comes from.

## Five whys
1. Why did the job run another version of the action? The folder held another commit.
2. Why is the folder asked? `./` names a path of the working folder.
3. Why was it changed? A step checked out another ref, or unpacked something.
4. Why is that a danger? What lies there can be a stranger's.
5. Why is it not noticed? Mostly both are the same.

## Fix now
Write `uses: $/path/to/action` (needs a runner of 2026 or later), then no checkout is needed for it.

## Workaround
None is needed in workflows that check out only the commit that they run for.

## Prevent
Use `$/` in new workflows.

## Validate
The step runs without a checkout before it.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: ./actions/build # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: $/actions/build
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline


@rule(target="github_workflow github_action", each=pipelines, severity=Severity.INFO, aliases="zizmor:self-repository")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    for uses in (*(job.uses for job in pipeline.jobs), *(step.uses for step in pipeline.steps)):
        if uses is not None and uses.local and uses.name.startswith("./"):
            yield Fail(uses.where, "this is taken from the working folder", f"${uses.name[1:]}")
