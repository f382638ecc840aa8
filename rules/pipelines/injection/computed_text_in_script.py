"""A text that is computed while the pipeline runs becomes part of a script.

## Why it matters
Outputs of steps, variables and values of a matrix that is computed are replaced before the shell reads the script. Whether they can hold
a quote, a blank or `$(...)` depends on everything that they were made from.

## Five whys
1. Why did a script break at a blank in a file name? The output of a step was pasted into it.
2. Why was it pasted? `${{ }}` is replaced in the text, and not handed over as a value.
3. Why did nobody expect a blank? The output came from a tool whose input others write.
4. Why is that dangerous too? Who can put a blank into it can mostly put a command into it.
5. Why does it last? With usual values it works.

## Fix now
Hand it over as a variable (`env:` at the step, `"$NAME"` in the script).

## Workaround
None is needed where the value is a number or a hash of your own steps.

## Prevent
Write no `${{ }}` into scripts.

## Validate
Let the step give `a b$(id)`: the script gets one argument with just that text.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: ./describe >> "$GITHUB_OUTPUT"
      - run: ./build ${{ steps.meta.outputs.title }} # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: ./describe >> "$GITHUB_OUTPUT"
      - run: ./build "$TITLE" ${{ steps.meta.outcome }}
        env:
          TITLE: ${{ steps.meta.outputs.title }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.taint import Exposure, Origin, exposed, message


@rule(
    each=exposed(Origin.COMPUTED),
    target="github_workflow github_action",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="zizmor:template-injection CKV_GHA_2",
)
def check(found: Exposure) -> Iterator[Fail]:
    yield Fail(found.where, message(found), "a variable of the environment")
