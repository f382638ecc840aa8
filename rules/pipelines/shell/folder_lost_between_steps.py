"""A step only changes the folder, and the next one starts where it was before.

## Why it matters
Each step starts in the folder of the job. `cd` in a step of its own does nothing, and the commands after it run in the wrong place: they
fail, or find another `Makefile` or another `main.tf` and succeed.

## Five whys
1. Why was the wrong folder built? The step ran at the root.
2. Why? The `cd` stands in the step before.
3. Why does it not count? Its shell ends with the step.
4. Why was it written so? In one script the two lines work.

## Fix now
Give the step `working-directory: FOLDER`.

## Workaround
Put `cd FOLDER` into the script that needs it.

## Prevent
`defaults.run.working-directory` for a job that works in one folder.

## Validate
`pwd` in the step prints the folder.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: cd web # finding
      - run: npm ci
```

```circleci
version: 2.1
jobs:
  build:
    docker: [{image: 'cimg/node:22.1'}]
    steps:
      - checkout
      - run: cd web # finding
      - run: npm ci
workflows:
  main: {jobs: [build]}
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: |
          cd web
          npm ci
      - run: cd web && npm test
      - run: cd web
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands


@rule(
    target="github_workflow github_action circleci_pipeline azure_pipeline jenkinsfile",
    each=steps,
    severity=Severity.MEDIUM,
    symptoms=[r"[Nn]o such file or directory", r"could not read package\.json", r"No rule to make target"],
)
def check(step: Step) -> Iterator[Fail]:
    made = commands(step)
    if made is None or made.tree.opaque or not any(it.script for it in step.after):
        return
    names = [command.name for command in made.commands if command.words]
    if names and all(name in ("cd", "pwd", "ls", "echo") for name in names) and names[-1] == "cd":
        where = made.commands[-1]
        yield Fail(
            made.at(where.start, where.end), "the folder is changed for this step only, which ends here", "the step's working directory"
        )
