"""A condition is always true or always false.

## Why it matters
What never runs is dead, and what always runs needs no condition. Both hide what the author meant; a job that is switched off stays so
when everybody has forgotten why.

## Five whys
1. Why did the job not run? Its condition is a constant.
2. Why? Somebody switched it off for a while.
3. Why is it still off? Nothing reminds of it.
4. Why is that dangerous? Tests and deployments look as if they were there.

## Fix now
Remove the condition, or the step or job.

## Workaround
Leave a comment with the reason and a date beside the condition, and suppress this finding until then.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The run shows the step or job in the wanted state.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
        if: false # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
        if: github.event_name == 'push'
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow", each=faults("condition-constant"), severity=Severity.LOW, aliases="actionlint:if-cond")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
