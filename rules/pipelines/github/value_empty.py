"""A section or a value of a workflow is empty.

## Why it matters
An empty value is refused where GitHub needs one, and means something else than leaving the key out where it does not: an empty list of
branches matches nothing, an empty `steps` is no job.

## Five whys
1. Why did the workflow not start, or the job not run? A value is empty.
2. Why is it empty? What stood there was removed and the key stayed.
3. Why is empty not the same as absent? In YAML it is null, which GitHub refuses for most keys.
4. Why was it not noticed? The file is valid YAML.

## Fix now
Fill the value in, or remove the key with it.

## Workaround
Comment the key out together with its content.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests): GitHub itself
reads a workflow only when an event arrives.

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    container:
      image: '' # finding
    steps:
      - run: make
        env:
          MODE: fast
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env:
          MODE: fast
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("empty", "schedule"),
    severity=Severity.MEDIUM,
    aliases="actionlint:syntax-check",
    symptoms=["Unexpected value ''"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
