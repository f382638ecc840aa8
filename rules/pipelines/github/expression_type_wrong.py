"""An expression stands for a value of another type.

## Why it matters
Where a whole mapping, list, flag or number is computed, the expression has to yield that type: a text is not converted, and the job fails
before its first step.

## Five whys
1. Why did the job fail before its first step? An expression yields a text where GitHub wants an object, a flag or a number.
2. Why is it not converted? Only texts are made of other types, not the reverse.
3. Why was it written so? The same expression works inside a text.
4. Why was it not noticed? It is evaluated when the job starts.

## Fix now
Convert the text: `fromJSON(inputs.minutes)`, or declare the input with the type that is needed.

## Workaround
Write the value out.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The job gets past "Set up job".

## Bad
```github
on:
  workflow_dispatch:
    inputs:
      minutes:
        type: string
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: ${{ inputs.minutes }} # finding
    steps:
      - run: make
```

## Good
```github
on:
  workflow_dispatch:
    inputs:
      minutes:
        type: string
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: ${{ fromJSON(inputs.minutes) }}
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("expression-type"),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="actionlint:expression",
    symptoms=["Unexpected type of value", "A mapping was not expected", "Unexpected value ''"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
