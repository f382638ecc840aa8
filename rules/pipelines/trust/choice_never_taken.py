"""An expression chooses between two values, and can never take the first.

## Why it matters
`condition && '' || 'b'` gives `b` always: an empty text, `0`, `false` and `null` count as false, so what follows `||` is taken. What was
meant for one case is used in none.

## Five whys
1. Why did the fallback apply although the condition held? The first value counts as false.
2. Why? `&&` and `||` give one of their operands, and go on when it is empty.
3. Why was it written so? Expressions had no choice of their own for long, and this looks like one.
4. Why does it mostly work? With values that are not empty it does.
5. Why was it not noticed? The fallback is a sensible value.

## Fix now
Turn it round: `!condition && 'b' || ''`, or write `case(condition, '', 'b')`.

## Workaround
Set the value in a step with `if` and give it on as an output.

## Prevent
Use the pattern only with a first value that is never empty.

## Validate
Print the value in a run in which the condition holds.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env:
          SUFFIX: ${{ github.ref_name == 'main' && '' || '-dev' }} # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env:
          SUFFIX: ${{ github.ref_name != 'main' && '-dev' || '' }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.expression.tree import Literal, Logic, walk
from auditor.views.github.gate import Expression, expressions


@rule(
    target="github_workflow github_action",
    each=expressions,
    severity=Severity.MEDIUM,
    aliases="zizmor:unsound-ternary",
)
def check(expression: Expression) -> Iterator[Fail]:
    for tree in walk(expression.tree):
        if not isinstance(tree, Logic) or tree.operator != "||":
            continue
        for first in tree.operands[:-1]:
            last = first.operands[-1] if isinstance(first, Logic) and first.operator == "&&" else None
            if isinstance(last, Literal) and not last.value:
                yield Fail(expression.at(tree), "the value after && counts as false, so what follows || is always taken")
