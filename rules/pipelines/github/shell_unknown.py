"""A script runs in a shell that does not exist there.

## Why it matters
The step fails before its first line: the runner knows a few shells by name, and not all of them on every system.

## Five whys
1. Why did the step fail at once? The runner does not know the shell.
2. Why was it named? It exists on the author's machine, or on another system.
3. Why does the runner not look for it? Only a few names are built in; others need a command with `{0}` for the script.
4. Why was it not noticed? The shell is looked up when the step runs.

## Fix now
Take one of the shells that are listed; another program is a command: `shell: fish {0}`.

## Workaround
Call the other shell in a script: `run: fish script.fish`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The step runs its first line.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        shell: zsh # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        shell: zsh {0}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("shell"),
    severity=Severity.HIGH,
    aliases="actionlint:shell-name",
    symptoms=["Second path fragment must not be a drive or UNC name", "Invalid shell option"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
