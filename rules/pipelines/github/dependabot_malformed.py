"""Dependabot's configuration is malformed.

## Why it matters
Dependabot ignores a file that it cannot read as a whole: no updates come any more, and nothing in the repository turns red.

## Five whys
1. Why were there no updates for months? Dependabot could not read its configuration.
2. Why not? A key or value is not one that it knows.
3. Why was nobody told? The error is shown on the page of Dependabot's logs only.
4. Why was it not found at merge? Nothing checked the file.

## Fix now
Correct the place that is named.

## Workaround
Start an update by hand from the page "Insights > Dependency graph > Dependabot" once the file is readable.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests): GitHub itself
reads a workflow only when an event arrives.

## Validate
"Insights > Dependency graph > Dependabot" lists every ecosystem with the time of its last check.

## Bad
```dependabot
version: 2
updates:
  - package-ecosystem: github-action # finding
    directory: /
    schedule:
      interval: weekly
```

## Good
```dependabot
version: 2
updates:
  - package-ecosystem: github-actions
    directory: /
    schedule:
      interval: weekly
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="dependabot",
    each=faults("empty", "type", "unknown", "missing", "duplicate", "choice", "merge", "range"),
    severity=Severity.MEDIUM,
    symptoms=["The property '#/updates"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
