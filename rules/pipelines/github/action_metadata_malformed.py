"""An action's metadata is malformed.

## Why it matters
The runner reads `action.yml` when a step uses the action. Malformed, it fails that step in every workflow that uses the action, of this
repository and of others.

## Five whys
1. Why does the step fail before it does anything? The runner could not load the action.
2. Why not? Its `action.yml` lacks something, or has something that the kind of action does not take.
3. Why did it pass review? It is valid YAML, and no workflow of this repository ran it.
4. Why is there no check? Linters of workflows look at workflows only.

## Fix now
Correct the place that is named: a composite action has `runs.steps` and a `shell` for each script, a JavaScript action `runs.main`, a
Docker action `runs.image`.

## Workaround
Pin the workflows that use the action to its last good commit.

## Prevent
Let a workflow of the same repository use the action (`uses: ./path`) on every pull request.

## Validate
A run of a workflow that uses the action gets past "Set up job" and the step's start.

## Bad
```action
name: Build
description: Builds
runs:
  using: composite
  steps:
    - run: make # finding
```

## Good
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
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_action",
    each=faults("empty", "type", "unknown", "missing", "duplicate", "choice", "merge", "step", "id", "id-twice"),
    severity=Severity.HIGH,
    symptoms=["Can't find 'action.yml'", "Required property is missing: shell", "Fail to load .*action.ya?ml"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
