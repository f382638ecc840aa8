"""A job calls a workflow and has keys of an ordinary job, or the reverse.

## Why it matters
A job that calls a workflow has no steps, runner, environment or timeout of its own: they belong to the workflow that is called. `with`
and `secrets` are for such calls only. GitHub refuses the file as a whole ("Invalid workflow file"), so that none of its jobs run on any
event until it is mended. The failure shows in the Actions tab only, not as a failed check of the commit.

## Five whys
1. Why did the workflow not start? A job mixes a call with keys of an ordinary job.
2. Why? The job was an ordinary one, and its steps were moved to a reusable workflow.
3. Why are the keys not passed on? The called workflow defines its own jobs; only inputs and secrets reach it.
4. Why was it not noticed? Nothing checked the file.

## Fix now
Move the key into the workflow that is called, where needed with an input for its value.

## Workaround
Call the workflow from a job of its own and let the other job need it.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests): GitHub itself
reads a workflow only when an event arrives.

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
jobs:
  deploy:
    uses: ./.github/workflows/deploy.yml
    timeout-minutes: 30 # finding
```

## Good
```github
on: push
jobs:
  deploy:
    uses: ./.github/workflows/deploy.yml
    with:
      minutes: 30
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("call"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:syntax-check",
    symptoms=["Unexpected value 'runs-on'", "Unexpected value 'steps'", "Unexpected value 'timeout-minutes'"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
