"""A condition compares a truth value with a text, which never equals it.

## Why it matters
GitHub turns both sides into numbers: `true` is 1, and the text `'true'` is no number, which equals nothing. The step or job behind `==`
never runs, the one behind `!=` always.

## Five whys
1. Why did the step not run although the box was ticked? Its condition is false.
2. Why? It compares an input of type boolean with the text 'true', or an output, which is a text, with true.
3. Why are they not equal? They are compared as numbers, and 'true' is none.
4. Why was it written so? Inputs in `github.event.inputs` are texts, those in `inputs` have their type.
5. Why was it not noticed? A skipped step is grey, not red.

## Fix now
Use an input of type boolean as it is: `if: inputs.deploy`; compare an output, a variable and `github.event.inputs` with the text in
quotes: `== 'true'`.

## Workaround
Convert the text: `fromJSON(steps.check.outputs.changed)`.

## Prevent
Declare inputs with their type, and use them without a comparison.

## Validate
Start the workflow with the box ticked: the step runs; without: it is skipped.

## Bad
```github
on:
  workflow_dispatch:
    inputs:
      deploy:
        type: boolean
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
        if: inputs.deploy == 'true' # finding
```
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: check
        run: echo "changed=true" >> "$GITHUB_OUTPUT"
      - run: ./deploy
        if: steps.check.outputs.changed == true # finding
```

## Good
```github
on:
  workflow_dispatch:
    inputs:
      deploy:
        type: boolean
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
        if: inputs.deploy
```
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: check
        run: echo "changed=true" >> "$GITHUB_OUTPUT"
      - run: ./deploy
        if: steps.check.outputs.changed == 'true'
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow github_action", each=faults("truth-and-text"), severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
