"""A step uses an action of the repository that is malformed.

## Why it matters
The step fails before it does anything: the runner cannot load the action.

## Five whys
1. Why did the step fail at once? The action that it uses cannot be loaded.
2. Why not? Its metadata is malformed, or names a file that is not there.
3. Why is that found so late? The metadata is read when the step starts.
4. Why was it not noticed? The workflow itself is right.

## Fix now
Mend the action at the place that the message names.

## Workaround
Use the action's last good commit: `owner/name/path@COMMIT`.

## Prevent
Let a workflow of the same repository use every action on every pull request.

## Validate
The step gets past its start.

## Bad
`.github/workflows/main.yml`:
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/build # finding
```
`.github/actions/build/action.yml`:
```action
name: Build
description: Builds
runs:
  using: composite
  main: index.js
```

## Good
`.github/workflows/main.yml`:
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/build
```
`.github/actions/build/action.yml`:
```action
name: Build
description: Builds
runs:
  using: composite
  steps:
    - run: make
      shell: bash
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, broken_actions


@rule(
    each=broken_actions,
    target="github_workflow github_action",
    severity=Severity.HIGH,
    aliases="actionlint:action",
    symptoms=["Fail to load .*action.ya?ml", "Required property is missing: shell"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
