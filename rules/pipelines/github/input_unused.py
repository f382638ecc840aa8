"""A workflow or action declares an input or secret that nothing reads.

## Why it matters
Whoever starts or calls it chooses a value that has no effect: the wrong environment is deployed, the dry run is none. Mostly the input
was renamed in one place only.

## Five whys
1. Why was production deployed although staging was chosen? Nothing reads the input.
2. Why not? The expression reads another name, or the step that used the input was removed.
3. Why is that no error? GitHub does not compare declarations with uses.
4. Why was it not noticed? The form shows the input, and the run is green.

## Fix now
Read the input where it was meant to count, or remove it from here and from the callers.

## Workaround
Say in the input's description that it has no effect.

## Prevent
Look at both sides when an input is renamed: declaration, uses and callers.

## Validate
Start the workflow with a value that is not the default: the log shows it.

## Bad
```github
on:
  workflow_dispatch:
    inputs:
      target:
        type: string
      dry-run: # finding
        type: boolean
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy ${{ inputs.target }}
```

## Good
```github
on:
  workflow_dispatch:
    inputs:
      target:
        type: string
      dry-run:
        type: boolean
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy ${{ inputs.target }} ${{ inputs.dry-run && '--dry-run' || '' }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem
from auditor.views.github.unused import unused_declarations


@rule(each=unused_declarations, target="github_workflow github_action", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
