"""A job asks for a runner with a label that is not GitHub's.

## Why it matters
It may be a larger runner or one of your own. If no runner carries the label, the job waits for a day and is cancelled, without a log.

## Five whys
1. Why might the job wait for ever? Only runners with this label take it.
2. Why is that not certain? Labels of your own runners are known to GitHub only.
3. Why does it matter? A runner that was removed leaves the label in the workflows.
4. Why is there no error? GitHub waits for a runner to come online.

## Fix now
Look for the label among the runners ("Settings > Actions > Runners"); add `self-hosted` before labels of your own runners.

## Workaround
Run the job on a runner of GitHub's.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
"Settings > Actions > Runners" lists a runner with the label.

## Bad
```github
on: push
jobs:
  build:
    runs-on: gpu-large # finding
    steps:
      - run: make
```

## Good
```github
on: push
jobs:
  build:
    runs-on: [self-hosted, gpu-large]
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("label-unknown"),
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="actionlint:runner-label",
    symptoms=["Waiting for a runner to pick up this job"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
