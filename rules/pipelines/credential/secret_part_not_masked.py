"""A part of a secret is read, and is not masked.

## Why it matters
GitHub hides a secret's value in the log where it stands as a whole. A field that `fromJSON` takes out of it is another text, and is
printed as it is.

## Five whys
1. Why does the log show the password? It is no registered secret.
2. Why not? The secret is a JSON document, the password a field of it.
3. Why are fields not masked? Only the whole value is known to the runner.
4. Why was JSON stored? One secret for many values is less work.
5. Why was it not noticed? The log shows it only when a step prints it.

## Fix now
Store each value as a secret of its own.

## Workaround
Mask it before use: `echo "::add-mask::$VALUE"` in the first step.

## Prevent
Store no structures as secrets.

## Validate
Print it in a test: the log shows `***`.

## Bad
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
        env:
          PASSWORD: ${{ fromJSON(secrets.DATABASE).password }} # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
        env:
          PASSWORD: ${{ secrets.DATABASE_PASSWORD }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.expression import reaching
from auditor.views.github.expression.tree import Call, walk
from auditor.views.github.gate import Expression, expressions


@rule(
    target="github_workflow github_action",
    each=expressions,
    severity=Severity.MEDIUM,
    aliases="zizmor:unredacted-secrets",
)
def check(expression: Expression) -> Iterator[Fail]:
    for tree in walk(expression.tree):
        if not isinstance(tree, Call) or tree.name.lower() != "fromjson":
            continue
        if any(found.path[0] == "secrets" for argument in tree.arguments for found in reaching(argument)):
            yield Fail(expression.at(tree), "what is taken out of this secret is not masked in the log", "a secret for each value")
