"""An expression names a context or function that does not exist.

## Why it matters
GitHub refuses the whole workflow for an unknown context or function, or a call with the wrong number of arguments: none of its jobs run.

## Five whys
1. Why did the workflow not start? An expression uses a name that GitHub does not know.
2. Why? It is misspelt, a shell variable, or a function of another system.
3. Why is it not taken as empty? Only properties of contexts may be absent, contexts and functions may not.
4. Why was it not noticed? Expressions are read when an event arrives.

## Fix now
Take the name that is proposed. A value without a context is text and needs single quotes; a shell variable is read in the script, as
`$NAME`.

## Workaround
Take the expression out and compute the value in a script.

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
        if: startWith(github.ref, 'refs/tags/') # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        if: startsWith(github.ref, 'refs/tags/')
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("unknown-context", "unknown-function", "arguments"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:expression",
    symptoms=["Unrecognized named-value: '", "Unrecognized function: '", "Too few parameters supplied", "Too many parameters supplied"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
