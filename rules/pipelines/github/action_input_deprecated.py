"""A step uses a deprecated input of an action.

## Why it matters
The input will go with one of the next versions, and then it is ignored with a warning.

## Five whys
1. Why has the setting no effect after an update? Its input is gone.
2. Why was it used? It was current when the workflow was written.
3. Why did nothing force a change? The action only warns.
4. Why was the warning not read? It stands in the annotations of a green run.

## Fix now
Take the input that the message names.

## Workaround
Stay at the current version of the action.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The run has no annotation about the input.

## Bad
`.github/workflows/main.yml`:
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/deploy
        with:
          cluster: a
          zone: b # finding
```
`.github/actions/deploy/action.yml`:
```action
name: Deploy
description: Deploys
inputs:
  cluster:
    required: true
  region:
    default: eu-central-1
  zone:
    deprecationMessage: use region
runs:
  using: composite
  steps:
    - run: ./deploy
      shell: bash
```

## Good
`.github/workflows/main.yml`:
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/deploy
        with:
          cluster: a
          region: b
```
`.github/actions/deploy/action.yml`:
```action
name: Deploy
description: Deploys
inputs:
  cluster:
    required: true
  region:
    default: eu-central-1
  zone:
    deprecationMessage: use region
runs:
  using: composite
  steps:
    - run: ./deploy
      shell: bash
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("input-deprecated"),
    severity=Severity.LOW,
    aliases="actionlint:action",
    symptoms=["has been deprecated with message"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
