"""A required key of a workflow is missing.

## Why it matters
GitHub refuses the file as a whole ("Invalid workflow file"), so that none of its jobs run on any event until it is mended. The failure
shows in the Actions tab only, not as a failed check of the commit.

## Five whys
1. Why did the workflow not start? Something is missing without which GitHub cannot run it.
2. Why is it missing? The block was copied in part, or a key of the same meaning stands on another level.
3. Why is there no default? GitHub cannot guess the runner, the trigger or the image.
4. Why did nobody see it? The file is valid YAML.

## Fix now
Add the key that is named.

## Workaround
Take the incomplete job or section out until it is complete.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests): GitHub itself
reads a workflow only when an event arrives.

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
jobs:
  build: # finding
    steps:
      - run: make
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("missing"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:syntax-check",
    symptoms=["Required property is missing"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
