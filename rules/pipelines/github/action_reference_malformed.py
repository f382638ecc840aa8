"""A step uses something that names no action.

## Why it matters
GitHub refuses the workflow, or the job fails before its first step.

## Five whys
1. Why did the job fail in "Set up job"? The runner cannot tell what to download.
2. Why not? An action of another repository needs owner, name and a version.
3. Why is there no default version? GitHub wants the choice to be written.
4. Why was it not noticed? It is looked up when the job starts.

## Fix now
Write `owner/name@ref` (best with the full commit), `./folder` for an action of the same repository, `docker://image:tag` for an image.

## Workaround
Remove the step.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("action-format"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:action",
    symptoms=[r"Expected format \{org\}/\{repo\}", "Unable to resolve action"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
