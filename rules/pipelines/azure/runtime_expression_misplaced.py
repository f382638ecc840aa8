"""A runtime expression stands where Azure does not evaluate it.

## Why it matters
`$[ ... ]` is only evaluated as the whole value of a variable, and in conditions. In a script, an input or a name it stays as it is
written: the script gets the text `$[...]`, which bash even takes for arithmetic.

## Five whys
1. Why does the script fail with a syntax error? It holds `$[ ... ]` literally.
2. Why? Azure has not replaced it.
3. Why not? Runtime expressions are for variables; scripts get macros, `$(name)`.
4. Why was it written so? The three kinds look alike.

## Fix now
Declare a variable with the expression and use `$(variable)` in the script.

## Workaround
`${{ }}` where the value is known before the run starts.

## Prevent
Runtime expressions only under `variables`.

## Validate
The log of the step shows the value.

## Bad
```azure
steps:
  - script: echo $[variables.tag] # finding
  - task: Docker@2
    inputs:
      command: push
      tags: $[variables.tag] # finding
```

## Good
```azure
variables:
  tag: $[coalesce(variables['Custom.Tag'], 'latest')]
steps:
  - script: |
      echo $(tag)
      echo $[1 + 2]
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.reading import entries

_RUNTIME = re.compile(r"\$\[\s*(?:variables|dependencies|stageDependencies|coalesce|format|eq|and|or|replace|counter|in)\b[^\]]*\]?")


@rule(target="azure_pipeline", each=steps, severity=Severity.MEDIUM)
def check(step: Step) -> Iterator[Fail]:
    inputs = [value for _, value in entries(step.uses.inputs)] if step.uses else []
    for node in (*(step.script.texts if step.script and not inputs else ()), *inputs):
        found = _RUNTIME.search(node.data) if isinstance(node.data, str) else None
        if found:
            yield Fail(_part(node, found), "a runtime expression is evaluated in variables and conditions only", "$(variable)")


def _part(node: Node, found: re.Match[str]) -> Node:
    return node.part(found.start(), found.end())
