"""An input contradicts its own type.

## Why it matters
GitHub refuses a choice without options and a default that is none of them, or shows a form that cannot be sent.

## Five whys
1. Why can the workflow not be started by hand? An input contradicts itself.
2. Why? Its type was changed, and options or default stayed; or there are more inputs than GitHub allows.
3. Why is the default not converted? It has to be a value of the type.
4. Why was it not noticed? The form is made when somebody opens it.

## Fix now
Give a choice its options and take the default from them; a flag's default is `true` or `false`, a number's has digits only.

## Workaround
Remove the default.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh workflow run FILE` starts a run.

## Bad
```github
on:
  workflow_dispatch:
    inputs:
      size:
        type: choice
        options: [small, large]
        default: medium # finding
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
      size:
        type: choice
        options: [small, large]
        default: small
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow", each=faults("input", "inputs"), severity=Severity.MEDIUM, aliases="actionlint:events")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
