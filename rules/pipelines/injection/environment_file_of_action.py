"""An action writes computed text to the environment file.

## Why it matters
An action does not know in whose workflow it runs. What it writes to `$GITHUB_ENV` or `$GITHUB_PATH` sets variables and programs for all
later steps of its caller; a line break in it sets any variable.

## Five whys
1. Why did a later step of the caller run foreign code? A variable such as `BASH_ENV` was set.
2. Why? The action wrote a text with a line break to the environment file.
3. Why was there a line break? The text came from an input or from the output of a program.
4. Why did the action set a variable at all? It wanted to hand a value to the caller.
5. Why not as an output? Variables need nothing at the caller's side.

## Fix now
Declare an output of the action and write to `$GITHUB_OUTPUT`.

## Workaround
Refuse values with line breaks before writing.

## Prevent
Let actions give outputs, and change no environment.

## Validate
Call it with an input of two lines: no variable is added in the next step.

## Bad
```action
name: Find
runs:
  using: composite
  steps:
    - run: echo "TOOL=$(./find-tool)" >> "$GITHUB_ENV" # finding
      shell: bash
```

## Good
```action
name: Find
outputs:
  tool:
    value: ${{ steps.find.outputs.tool }}
runs:
  using: composite
  steps:
    - id: find
      run: echo "tool=$(./find-tool)" >> "$GITHUB_OUTPUT"
      shell: bash
    - run: echo "$GITHUB_ACTION_PATH/bin" >> "$GITHUB_PATH"
      shell: bash
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.environment_writes import EnvironmentWrite, environment_writes


@rule(
    target="github_action",
    each=environment_writes,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="zizmor:github-env",
)
def check(found: EnvironmentWrite) -> Iterator[Fail]:
    yield Fail(found.where, f"computed text goes to the caller's ${found.file}", "an output of the action")
