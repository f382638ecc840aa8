"""A job asks for a runner whose label looks misspelt.

## Why it matters
When no runner carries the label, the job waits for a day and is cancelled, without a log.

## Five whys
1. Why was the run cancelled after 24 hours? No runner took its job.
2. Why not? The label is nearly one of GitHub's, and not quite.
3. Why is there no error? It may be the label of a runner of your own.
4. Why was it not noticed? A waiting job looks like a busy queue.

## Fix now
Take the label that is proposed; give runners of your own labels that do not look like GitHub's.

## Workaround
Cancel the run and start it with the corrected label.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The job gets past "Waiting for a runner".

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubunut-24.04 # finding
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

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("label-near"),
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="actionlint:runner-label",
    symptoms=["Waiting for a runner to pick up this job"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
