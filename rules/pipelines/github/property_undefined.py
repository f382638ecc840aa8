"""An expression reads a property that its context does not have.

## Why it matters
The contexts of GitHub have fixed properties. GitHub does not report it: what does not exist is an empty text, and the command runs with
nothing in that place: a deployment without a tag, a path that has become `/`, a condition that never holds.

## Five whys
1. Why does the condition never hold, or the command run with an empty value? The property does not exist.
2. Why was it used? It is misspelt, or belongs to another context.
3. Why is that no error? A property that does not exist is empty.
4. Why was it not noticed? Nothing tells an empty value from a wanted one.

## Fix now
Take the property that is proposed.

## Workaround
Read the value in a script from the environment (`$GITHUB_REF_NAME`) instead.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
Add a step `- run: echo "[$VALUE]"` with `VALUE` set to the expression in `env`: the brackets hold the value.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make publish
        if: github.refname == 'main' # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make publish
        if: github.ref_name == 'main'
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("undefined-property", "not-an-object", "index"),
    severity=Severity.MEDIUM,
    aliases="actionlint:expression",
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
