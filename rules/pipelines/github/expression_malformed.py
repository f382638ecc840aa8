"""An expression is malformed.

## Why it matters
GitHub refuses the whole workflow when an expression cannot be parsed ("Unrecognized symbol", "Unexpected end of expression"), so that
none of its jobs run.

## Five whys
1. Why did the workflow not start? GitHub cannot parse an expression in it.
2. Why not? The language has no arithmetic, no `=`, no double quotes, and every bracket has to be closed.
3. Why was it written so? It looks like a shell or a programming language.
4. Why was it not noticed? Expressions are parsed when an event arrives.

## Fix now
Correct the expression at the character that is named: texts stand in single quotes (a quote inside is doubled), comparisons are `==` and
`!=`, arithmetic belongs into a script.

## Workaround
Compute the value in a step and hand it on by `$GITHUB_OUTPUT`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        if: github.ref == "refs/heads/main" # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        if: github.ref == 'refs/heads/main'
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("expression-syntax"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:expression",
    symptoms=["Unexpected symbol: '", "Unexpected end of expression", "The expression is not closed"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
