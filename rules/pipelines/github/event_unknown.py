"""A workflow starts on an event that does not exist.

## Why it matters
GitHub refuses the whole workflow, or never starts it.

## Five whys
1. Why did the workflow not start? No such event exists.
2. Why is it there? It is misspelt (`pull-request`), or an event of webhooks that starts no workflows.
3. Why is it not ignored? GitHub checks the file before it runs it.
4. Why was it not noticed? A workflow that does not run leaves no trace in the pull request.

## Fix now
Take the event that is proposed.

## Workaround
Start the workflow by hand with `workflow_dispatch` meanwhile.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 3` shows a run for the next event of that kind.

## Bad
```github
on:
  pullrequest: # finding
    branches: [main]
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on:
  pull_request:
    branches: [main]
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
    each=faults("event"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:events",
    symptoms=["Unexpected value '"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
