"""A job needs a job that does not exist.

## Why it matters
GitHub refuses the whole workflow: none of its jobs run.

## Five whys
1. Why did the workflow not start? A job needs one that is not there.
2. Why not? It was renamed or removed, and `needs` stayed.
3. Why is it not ignored? The order of the jobs would be another one.
4. Why was it not noticed? The name stands far from the job.

## Fix now
Take the id of the job as it stands under `jobs` (its `name` does not count), or remove the need.

## Workaround
Add an empty job of that name.

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
      - run: make
  deploy:
    needs: biuld # finding
    runs-on: ubuntu-24.04
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
  deploy:
    needs: build
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
    each=faults("need-unknown", "need-twice"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:job-needs",
    symptoms=["depends on unknown job", "but .* does not exist"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
