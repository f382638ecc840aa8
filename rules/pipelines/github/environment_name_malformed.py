"""An environment variable has a name that no shell can read.

## Why it matters
A name with a blank, `=` or `&` cannot be set or read in a script; the runner refuses it or sets another one.

## Five whys
1. Why is the variable empty in the script? Its name cannot be read there.
2. Why not? Names of variables are letters, digits and `_`.
3. Why was it written so? Assignment and name were put into the key: `A=B: c`.
4. Why was it not noticed? An empty variable is no error.

## Fix now
Rename the variable to letters, digits and `_`.

## Workaround
Read it with `printenv 'NAME'` where the program that needs it insists on the name.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`run: env | grep NAME` prints it.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env:
          BUILD MODE: fast # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env:
          BUILD_MODE: fast
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.github.places import environments


@rule(each=environments, target="github_workflow github_action", severity=Severity.MEDIUM, aliases="actionlint:env-var")
def check(variables: Node) -> Iterator[Fail]:
    for name, _ in variables.entries():
        if any(sign in name for sign in " =&") and "${{" not in name:
            yield Fail(variables.key(name), f"{name!r} cannot be the name of an environment variable", expected="letters, digits and _")
