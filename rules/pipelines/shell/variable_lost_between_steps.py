"""A variable is exported in one step and read in the next, where it is empty.

## Why it matters
Each step is a shell of its own: what one exports is gone when it ends. The step that reads it gets an empty text, and deploys an image
without a tag or deletes from an empty path.

## Five whys
1. Why is the tag empty? The variable is not set in the step that uses it.
2. Why not? It was exported in the step before, whose shell has ended.
3. Why was it written so? In one script the two lines work.
4. Why did nothing fail? An unset variable is an empty text, unless the script says `set -u`.

## Fix now
Write it where the next steps look: `echo "TAG=$TAG" >> "$GITHUB_ENV"`.

## Workaround
Put both scripts into one step.

## Prevent
Begin scripts with `set -u`; hand values on as outputs.

## Validate
The next step's log shows the value under *env*.

## Bad
```github
on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: export IMAGE_TAG=$(git rev-parse --short HEAD)
      - run: docker push "shop/web:$IMAGE_TAG" # finding
```

## Good
```github
on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          export IMAGE_TAG=$(git rev-parse --short HEAD)
          echo "IMAGE_TAG=$IMAGE_TAG" >> "$GITHUB_ENV"
      - run: docker push "shop/web:$IMAGE_TAG"
      - run: export COLOUR=red
      - run: echo "${COLOUR:-none}"
      - run: |
          COLOUR=blue
          echo "$COLOUR"
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.earlier import earlier
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands
from auditor.views.pipeline.variables import set_before
from auditor.views.shell.variables import assignments, exported, open_world, reads


@rule(
    target="github_workflow github_action circleci_pipeline azure_pipeline",
    each=steps,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"unbound variable", r"invalid reference format"],
)
def check(step: Step) -> Iterator[Fail]:
    made = commands(step)
    lost = earlier(step, _exported) if made else frozenset()
    if made is None or not lost or open_world(made.tree) or earlier(step, _hands_on):
        return
    known = set_before(step) if step.job.pipeline.platform.value == "GitHub Actions" else _written(step)
    own = {it.name for it in assignments(made.tree)}
    for read in reads(made.tree):
        if known is not None and read.name in lost - known - own and not read.guard:
            yield Fail(
                made.at(read.start, read.end), f"{read.name} was exported in another step, whose shell has ended", "a value handed on"
            )
            lost -= {read.name}


def _exported(step: Step) -> frozenset[str]:
    made = commands(step)
    return exported(made.tree) if made else frozenset()


def _hands_on(step: Step) -> frozenset[str]:
    """Something, when a step may set variables for the later ones in a way that cannot be seen."""
    made = commands(step)
    local = step.uses is not None and step.uses.local
    found = local or (made is not None and ("BASH_ENV" in made.tree.text or "setvariable" in made.tree.text))
    return frozenset({"?"}) if found else frozenset()


def _written(step: Step) -> frozenset[str]:
    """What the tables of the job and the step set."""
    tables = (step.variables, step.job.variables, step.job.pipeline.variables)
    return frozenset(name for table in tables if isinstance(table.value, dict) for name, _ in table.entries())
