"""A condition looks for a name as a part of a text.

## Why it matters
`contains('main develop', github.ref_name)` asks whether the name is a piece of the text: `ma`, `dev` and `e` are, too. What should hold
for two names holds for every branch or user whose name is a part of them.

## Five whys
1. Why did a branch that nobody listed pass? Its name is a piece of the list.
2. Why is a piece enough? With a text as its first argument, `contains` looks for a part of it.
3. Why was a text used? Expressions have no lists that are written down directly.
4. Why was it not noticed? The names in the list do pass.
5. Why does it matter? The condition often guards a deployment, or who may do something.

## Fix now
Make a list of it: `contains(fromJSON('["main", "develop"]'), github.ref_name)`.

## Workaround
Compare each name with `==`, joined by `||`.

## Prevent
Give `contains` a text as its first argument only when a part of it is meant.

## Validate
Evaluate it with a piece of a name: false.

## Bad
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    if: contains('main develop', github.ref_name) # finding
    steps:
      - run: ./deploy
```

## Good
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    if: contains(fromJSON('["main", "develop"]'), github.ref_name) && contains(github.event.head_commit.message, '[deploy]')
    steps:
      - run: ./deploy
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.expression.tree import Call, Literal, path_of, walk
from auditor.views.github.gate import Expression, conditions


@rule(
    target="github_workflow github_action",
    each=conditions,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="zizmor:unsound-contains",
)
def check(condition: Expression) -> Iterator[Fail]:
    for tree in walk(condition.tree):
        if not isinstance(tree, Call) or tree.name.lower() != "contains" or len(tree.arguments) != 2:
            continue
        text, name = tree.arguments
        if isinstance(text, Literal) and isinstance(text.value, str) and path_of(name):
            message = f"this holds for every part of the text: {text.value[:3]!r} passes too"
            yield Fail(condition.at(tree), message, "contains(fromJSON('[...]'), ...)")
