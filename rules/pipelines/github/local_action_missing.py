"""A step uses an action of the repository that is not there.

## Why it matters
The step fails: the runner finds no `action.yml` in the folder.

## Five whys
1. Why did the step fail? There is no action in the folder that it names.
2. Why not? The action was moved or never committed; the path starts at the repository's root, not at the workflow.
3. Why is that found so late? The folder is read when the step starts.
4. Why was it not noticed? The path looks right.

## Fix now
Correct the path, or commit the action.

## Workaround
Use the action from its own repository by `owner/name@ref`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The step starts.

## Bad
`.github/workflows/main.yml`:
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/action/deploy # finding
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

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("action-missing"),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
