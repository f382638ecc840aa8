"""A reusable workflow reads a secret that it does not declare.

## Why it matters
A called workflow gets the secrets that its caller hands over by name. One that it does not declare cannot be handed over; it is empty
unless the caller inherits all secrets.

## Five whys
1. Why does the login fail in the called workflow only? Its secret is empty.
2. Why? The workflow does not declare it, so no caller can pass it.
3. Why does it work elsewhere? With `secrets: inherit` everything is passed, declared or not.
4. Why is that no error? A secret that does not exist is empty.

## Fix now
Declare the secret under `on.workflow_call.secrets` and pass it from the callers, or correct its name.

## Workaround
Call with `secrets: inherit`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
A run through the caller gets past the step that uses the secret.

## Bad
```github
on:
  workflow_call:
    secrets:
      NPM_TOKEN:
        required: true
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./publish
        env:
          TOKEN: ${{ secrets.NPM_TOKN }} # finding
```

## Good
```github
on:
  workflow_call:
    secrets:
      NPM_TOKEN:
        required: true
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./publish
        env:
          TOKEN: ${{ secrets.NPM_TOKEN }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("undefined-secret"),
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="actionlint:expression",
    symptoms=["Input required and not supplied", "Bad credentials"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
