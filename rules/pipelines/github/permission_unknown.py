"""A permission of the token has a scope or level that does not exist.

## Why it matters
GitHub refuses the whole workflow. And where a scope is misspelt, the token lacks what the job needs.

## Five whys
1. Why did the workflow not start? Its permissions name a scope or level that GitHub does not know.
2. Why? It is misspelt, spelt with `_`, or a level that this scope does not have.
3. Why is it not ignored? Permissions are security: GitHub does not guess.
4. Why was it not noticed? Nothing checked the file.

## Fix now
Take the scope and level that are listed: `id-token` has `write` and `none` only.

## Workaround
Remove the line; what is not listed is `none`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The step "Set up job" lists the token's permissions.

## Bad
```github
on: push
permissions:
  content: read # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on: push
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("permission"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:permissions",
    symptoms=["Unexpected value '", "Resource not accessible by integration"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
