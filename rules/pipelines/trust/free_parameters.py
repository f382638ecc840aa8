"""A run by hand takes free text.

## Why it matters
What a run by hand builds or deploys depends on what somebody typed: the result cannot be told from the commit alone, and a typing error
or another's link changes it.

## Five whys
1. Why is the published build another one than the commit says? A parameter changed it.
2. Why could it? The workflow takes text for a run by hand.
3. Why free text? The input has no type.
4. Why is that not seen later? The log of the run shows the inputs only for a while.
5. Why does it matter? Provenance is lost: the same commit gives several results.

## Fix now
Declare inputs as `choice`, `boolean` or `environment`, or take the value from the repository.

## Workaround
Check the text against a narrow pattern in the first step.

## Prevent
Build releases without parameters.

## Validate
The form of the run has no field for text.

## Bad
```github
on:
  workflow_dispatch:
    inputs:
      version: # finding
        description: what to build
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on:
  workflow_dispatch:
    inputs:
      mode:
        type: choice
        options: [fast, full]
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline.reading import entries, field, text


@rule(target="github_workflow", each="on.workflow_dispatch.inputs", severity=Severity.INFO, aliases="CKV_GHA_7")
def check(inputs: Node) -> Iterator[Fail]:
    free = [name for name, declared in entries(inputs) if text(field(declared, "type")) in ("", "string")]
    if free:
        yield Fail(inputs.key(free[0]), f"a run by hand takes free text: {', '.join(free)}", "a choice")
