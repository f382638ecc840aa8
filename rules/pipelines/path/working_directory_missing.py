"""A script shall run in a folder that the repository does not have.

## Why it matters
The step fails before its first command: *No such file or directory*. Mostly the folder was renamed, and the pipeline not.

## Five whys
1. Why is the pipeline red since Monday? A step cannot enter its folder.
2. Why not? The folder is not in the repository.
3. Why does the pipeline name it? It was there until it was renamed.
4. Why was the rename merged? That part of the pipeline runs only after the merge.

## Fix now
Correct the path; `git log --diff-filter=R --summary -- OLD_PATH` shows where the folder went.

## Workaround
`mkdir -p FOLDER` in a step before it, when the script only needs a place to write to.

## Prevent
Let the pipeline run for changes of its own file, and for the folders that it names.

## Validate
`git ls-files FOLDER | head -1` prints a file.

## Bad
`.github/workflows/plan.yml`:
```github
on: push
defaults:
  run:
    working-directory: infra/prod # finding
jobs:
  plan:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: terraform plan
```

`infra/production/main.tf`:
```hcl
terraform {}
```

## Good
`.github/workflows/plan.yml`:
```github
on: push
jobs:
  plan:
    runs-on: ubuntu-24.04
    defaults: {run: {working-directory: infra/production}}
    steps:
      - uses: actions/checkout@v4
      - run: terraform plan
      - run: mkdir -p build/out
        working-directory: .
      - run: make
        working-directory: build/out
      - run: make
        working-directory: ${{ runner.temp }}
  elsewhere:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
        with: {repository: other/repo}
      - run: make
        working-directory: their/folder
```

`infra/production/main.tf`:
```hcl
terraform {}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.checkout import may_hold
from auditor.views.pipeline.model import Pipeline, given
from auditor.views.pipeline.reading import is_open
from auditor.views.pipeline.repository import repository


@rule(
    target=KINDS,
    each=pipelines,
    severity=Severity.HIGH,
    symptoms=[r"[Nn]o such file or directory", r"An error occurred trying to start process .* with working directory"],
)
def check(pipeline: Pipeline, resource: Resource, graph: Graph) -> Iterator[Fail]:
    files = repository(resource, graph)
    seen: set[int] = set()
    for step in pipeline.steps:
        where = step.script.directory if step.script else None
        if where is None or not given(where) or id(where.value_) in seen:
            continue
        path = where.text or ""
        seen.add(id(where.value_))
        if not is_open(path) and files.has(path) is False and not may_hold(step, path):
            near = files.nearest(path)
            yield Fail(where, f"the repository has no folder {path}", f"{near} (which is there)" if near else "a folder of the repository")
