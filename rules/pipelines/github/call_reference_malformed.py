"""A job calls something that names no workflow.

## Why it matters
GitHub refuses the whole workflow.

## Five whys
1. Why did the workflow not start? A call does not name a workflow.
2. Why not? One of another repository needs its path and a version; one of the same repository has no version.
3. Why is that checked at once? GitHub reads what is called before it starts.
4. Why was it not noticed? It looks like the use of an action.

## Fix now
Write `owner/name/.github/workflows/file.yml@ref` or `./.github/workflows/file.yml`; an action is used by a step.

## Workaround
Copy the jobs of the other workflow.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
jobs:
  deploy:
    uses: acme/pipelines/.github/workflows/deploy.yml # finding
```

## Good
```github
on: push
jobs:
  deploy:
    uses: acme/pipelines/.github/workflows/deploy.yml@v2
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("call-format"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:workflow-call",
    symptoms=["invalid value workflow reference"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
