"""A text that a caller chooses becomes part of a script.

## Why it matters
An action or a workflow that is called does not know who calls it and with what: a title, a branch, a file name. What is put into a script
with `${{ }}` is code before the shell reads it.

## Five whys
1. Why did the action run a command of a stranger? One of its inputs was replaced in its script.
2. Why did the input hold a command? The caller handed a pull request's title on.
3. Why was that not stopped in the action? It takes its inputs for text of friends.
4. Why? It was written for one caller, and shared later.
5. Why is it hard to see? In the caller there is no script, in the action there is no stranger.

## Fix now
Hand the input over as a variable (`env: {NAME: "${{ inputs.name }}"}` at the step) and write `"$NAME"` in the script.

## Workaround
Make the input a `boolean`, `number` or `choice` where it can be one.

## Prevent
Write no `${{ }}` into scripts; check actions before they are shared (`auditor scan .`).

## Validate
Call it with `$(id)` as the value: the log shows the text.

## Bad
```action
name: Greet
inputs:
  who:
    required: true
runs:
  using: composite
  steps:
    - run: echo "Hello ${{ inputs.who }}" # finding
      shell: bash
```

```github
on:
  workflow_call:
    inputs:
      target:
        type: string
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make ${{ inputs.target }} # finding
```

## Good
```github
on:
  workflow_call:
    inputs:
      target:
        type: string
      fast:
        type: boolean
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make "$TARGET" FAST=${{ inputs.fast }}
        env:
          TARGET: ${{ inputs.target }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.taint import Exposure, Origin, exposed, message


@rule(
    each=exposed(Origin.CALLER),
    target="github_workflow github_action",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="zizmor:template-injection CKV_GHA_2",
)
def check(found: Exposure) -> Iterator[Fail]:
    yield Fail(found.where, message(found), "a variable of the environment")
