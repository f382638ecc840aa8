"""A call passes a secret that the called workflow does not declare.

## Why it matters
GitHub refuses the whole workflow.

## Five whys
1. Why did the workflow not start? It passes a secret that the called workflow does not declare.
2. Why? The secret was renamed or removed there.
3. Why is it not ignored? Secrets go only where they are asked for.
4. Why was it not noticed? Caller and callee are different files.

## Fix now
Take the name that is proposed, or declare the secret there.

## Workaround
Remove it from the call.

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
    uses: ./.github/workflows/deploy.yml
    with:
      cluster: a
    secrets:
      token: ${{ secrets.TOKEN }}
      key: ${{ secrets.KEY }} # finding
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
    each=faults("call-secret-unknown"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:workflow-call",
    symptoms=["Invalid secret, .* is not defined in the referenced workflow"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
