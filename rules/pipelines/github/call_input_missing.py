"""A call lacks an input that the called workflow requires.

## Why it matters
GitHub refuses the whole workflow.

## Five whys
1. Why did the workflow not start? A required input is not passed.
2. Why not? It became required after the call was written.
3. Why is there no default? Whoever declares it required wants the caller to decide.
4. Why was it not noticed? Caller and callee are different files.

## Fix now
Pass the input.

## Workaround
Give it a default in the called workflow and remove `required`.

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
    uses: ./.github/workflows/deploy.yml # finding
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
    each=faults("call-input-missing"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:workflow-call",
    symptoms=["Input .* is required, but not provided while calling"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
