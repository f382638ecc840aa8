"""A pipeline starts a script that the repository does not have.

## Why it matters
The step ends with *No such file or directory* and exit code 127 before it has done anything. Everything after it is skipped.

## Five whys
1. Why is the pipeline red? A step does not find its script.
2. Why not? The repository has no file of that name, seen from the folder in which the step runs.
3. Why does the pipeline name it? The script was renamed, or the step runs in another folder than the author thought.
4. Why was that merged? That part of the pipeline only runs after the merge.

## Fix now
Correct the path, or bring the script back: `git log --diff-filter=DR --summary -- PATH` shows where it went.

## Workaround
Run the commands of the script's last version by hand: `git show COMMIT:PATH | bash`.

## Prevent
Run every job of a pipeline for changes of the pipeline itself, deployments as a rehearsal.

## Validate
`git ls-files PATH` prints the path.

## Bad
`.github/workflows/ci.yml`:
```github
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: ./scripts/tests.sh # finding
  lint:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: bash scripts/lint.sh # finding
```

`scripts/test.sh`:
```text
echo tested
```

## Good
`.github/workflows/ci.yml`:
```github
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: ./scripts/test.sh
      - run: ./test.sh
        working-directory: scripts
      - run: ./tool --version || ./install.sh
        if: false
      - run: |
          curl -fsSLo install.sh https://example.com/install.sh
          bash install.sh
      - run: ./bin/made-by-make
```

`scripts/test.sh`:
```text
echo tested
```

`install.sh`:
```text
echo installed
```

`tool`:
```text
echo 1
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import KINDS, steps
from auditor.views.pipeline.checkout import may_hold
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.paths import scripts
from auditor.views.pipeline.repository import repository


@rule(
    target=KINDS,
    each=steps,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"[Nn]o such file or directory", r"can't open file '\S+'", r"Cannot find module '\S+'", r"exit code 127"],
)
def check(step: Step, resource: Resource, graph: Graph) -> Iterator[Fail]:
    files = repository(resource, graph)
    for found in scripts(step):
        if files.has(found.path) is False and not may_hold(step, found.path, found.start):
            near = files.nearest(found.path)
            yield Fail(found.where, f"the repository has no script {found.path}", f"{near} (which is there)" if near else "a script of it")
