"""A job calls a workflow that is not there or cannot be called.

## Why it matters
GitHub refuses the whole workflow ("workflow was not found", "workflow is not reusable").

## Five whys
1. Why did the workflow not start? What it calls is not there, or not made to be called.
2. Why? The file was renamed, lies outside of `.github/workflows`, or has no `workflow_call`.
3. Why is that checked at once? GitHub reads what is called before it starts.
4. Why was it not noticed? Caller and callee are different files.

## Fix now
Correct the path, or add `workflow_call` to the events of the called workflow.

## Workaround
Start it by `gh workflow run` from a step.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
`.github/workflows/main.yml`:
```github
on: push
jobs:
  deploy:
    uses: ./.github/workflows/deploy.yaml # finding
    with:
      cluster: a
    secrets:
      token: ${{ secrets.TOKEN }}
```
`.github/workflows/deploy.yml`:
```github
on:
  workflow_call:
    inputs:
      cluster:
        type: string
        required: true
    secrets:
      token:
        required: true
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
```

## Good
`.github/workflows/main.yml`:
```github
on: push
jobs:
  deploy:
    uses: ./.github/workflows/deploy.yml
    with:
      cluster: a
    secrets:
      token: ${{ secrets.TOKEN }}
```
`.github/workflows/deploy.yml`:
```github
on:
  workflow_call:
    inputs:
      cluster:
        type: string
        required: true
    secrets:
      token:
        required: true
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("call-missing"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:workflow-call",
    symptoms=["workflow was not found", "workflow is not reusable as it is missing a `on.workflow_call` trigger"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
