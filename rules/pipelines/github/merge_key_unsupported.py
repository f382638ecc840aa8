"""A workflow merges mappings with `<<`, which GitHub does not do.

## Why it matters
GitHub reads anchors and aliases and no merge keys: it takes `<<` for the name of a key and refuses the file.

## Five whys
1. Why did the workflow not start? It has a key `<<`.
2. Why? YAML 1.1 has merge keys, and other systems read them.
3. Why does GitHub not? Its reader follows YAML 1.2, where they do not exist.
4. Why did the local check pass? Common YAML libraries merge silently.

## Fix now
Write the entries out, or use the alias for the whole value (`env: *defaults`).

## Workaround
Move what is shared to the level above: `env` of the workflow holds for all jobs.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests): GitHub itself
reads a workflow only when an event arrives.

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
env: &shared
  LEVEL: info
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env:
          <<: *shared # finding
          MODE: fast
```

## Good
```github
on: push
env: &shared
  LEVEL: info
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env: *shared
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("merge"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:syntax-check",
    symptoms=["Unexpected value '<<'"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
