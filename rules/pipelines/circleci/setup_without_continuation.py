"""A setup configuration never continues with another one.

## Why it matters
With `setup: true` CircleCI runs the file to make the real configuration, and waits for it. When no job hands one over, the pipeline ends
green and nothing was built or deployed.

## Five whys
1. Why was nothing deployed although the pipeline is green? Only the setup ran.
2. Why? No job continued with a configuration.
3. Why not? The job that calls the continuation was removed, or `setup: true` was left in.

## Fix now
Remove `setup: true`, or add a job that continues.

## Workaround
Start the pipeline of the last commit that worked.

## Prevent
`circleci/path-filtering` or `circleci/continuation` in the setup workflow.

## Validate
The pipeline's page shows the workflows of the continued configuration.

## Bad
```circleci
version: 2.1
setup: true # finding
jobs:
  test:
    docker: [{image: 'cimg/base:2026.01'}]
    steps: [checkout, {run: make test}]
workflows:
  main: {jobs: [test]}
```

## Good
```circleci
version: 2.1
setup: true
orbs: {continuation: circleci/continuation@1.0.0}
jobs:
  make:
    docker: [{image: 'cimg/base:2026.01'}]
    steps: [checkout, {run: ./make-config}, {continuation/continue: {configuration_path: made.yml}}]
workflows:
  main: {jobs: [make]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline.model import given
from auditor.views.pipeline.reading import entries, items, text

_DEPTH = 15


@rule(target="circleci_pipeline", severity=Severity.HIGH)
def check(body: Node) -> Iterator[Fail]:
    setup = body.at("setup")
    if setup.value is True and not given(body.at("orbs")) and not _says(body, 0):
        yield Fail(setup, "no job continues with another configuration", "a job of the continuation orb")


def _says(node: Node, depth: int) -> bool:
    """Whether something in it speaks of the continuation: the API is called by its address."""
    if depth > _DEPTH:
        return False
    if isinstance(node.value, dict):
        return any("continu" in key or _says(item, depth + 1) for key, item in entries(node))
    if isinstance(node.value, list):
        return any(_says(item, depth + 1) for item in items(node))
    return "continu" in text(node).lower()
