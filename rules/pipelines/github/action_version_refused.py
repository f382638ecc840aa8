"""A step uses a version of an action that GitHub refuses to run.

## Why it matters
GitHub has ended the service that the version talks to and fails every job that uses it, before its first step.

## Five whys
1. Why does the job fail in "Set up job"? GitHub refuses a version of an action.
2. Why? The service behind it (artifacts, cache, scanning) has been replaced.
3. Why was it still used? The version was pinned by its major number, and nothing raised it.
4. Why was it not noticed? It worked until the day of the switch-off.

## Fix now
Take the current major version, and read its notes: names of artifacts, paths and defaults have changed.

## Workaround
Do the step by the tool itself (`gh release upload`, `gh run download`).

## Prevent
Let Dependabot raise actions: `package-ecosystem: github-actions`.

## Validate
The job gets past "Set up job".

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/upload-artifact@v3 # finding
        with:
          path: dist
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/upload-artifact@v4
        with:
          path: dist
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("action-gone"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:action",
    symptoms=["This request has been automatically failed because it uses a deprecated version of"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
