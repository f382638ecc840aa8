"""A workflow waits for the end of another one that does not exist.

## Why it matters
`workflow_run` names the workflow that it follows by its `name:`. When no workflow has that name, it never runs: no deployment after the
build, no report after the tests, and no red run either.

## Five whys
1. Why was nothing deployed after the build? The deploying workflow did not start.
2. Why not? It waits for a workflow with another name.
3. Why does none have it? The workflow was renamed, or the file's name was written in place of its `name:`.
4. Why did nothing complain? GitHub accepts any text there.

## Fix now
Start it by hand, and correct the name.

## Workaround
`workflow_dispatch` and a last step of the first workflow that starts it: `gh workflow run FILE`.

## Prevent
Call the second workflow from the first one (`uses: ./.github/workflows/deploy.yml`): a wrong path is an error there.

## Validate
After the next build, `gh run list --workflow FILE --event workflow_run` shows a run.

## Bad
`.github/workflows/deploy.yml`:
```github
on:
  workflow_run:
    workflows: [build.yml] # finding
    types: [completed]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps: [{run: make deploy}]
```

`.github/workflows/build.yml`:
```github
name: Build
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps: [{run: make}]
```

## Good
`.github/workflows/deploy.yml`:
```github
on:
  workflow_run:
    workflows: [Build, .github/workflows/unnamed.yml, 'Rel*']
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps: [{run: make deploy}]
```

`.github/workflows/build.yml`:
```github
name: Build
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps: [{run: make}]
```

`.github/workflows/unnamed.yml`:
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps: [{run: make}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import several
from auditor.views.pipeline.repository import repository


@rule(target="github_workflow", each=pipelines, severity=Severity.HIGH)
def check(pipeline: Pipeline, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if pipeline.on("workflow_run") is None or not repository(resource, graph).known:
        return
    others = [it for it in graph.of("github_workflow") if it.root == resource.root]
    by_file = {it.address.text.rpartition("/")[2]: it.at("name").text or it.address.text for it in others}
    names = frozenset(by_file.values())
    for written in several(resource.at("on.workflow_run.workflows")):
        name = written.text or ""
        if name and not any(mark in name for mark in "*?[]+!") and name not in names:
            meant = by_file.get(name) or closest(name, names)
            yield Fail(written, f"no workflow is named {name}", meant or "the name of a workflow")
