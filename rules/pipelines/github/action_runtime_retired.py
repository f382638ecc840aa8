"""An action runs on a runtime that GitHub has switched off.

## Why it matters
GitHub runs actions made for an old Node.js on a newer one, with a warning first and then as an error. What the action relies on may be
gone.

## Five whys
1. Why does the action warn or fail? It names a Node.js that the runners do not have any more.
2. Why does it name it? It was current when the action was written.
3. Why did nothing force a change? GitHub ran it on a newer version for a while.
4. Why is that not enough? Libraries that are bundled with the action may not work there.

## Fix now
Write `using: node24`, update the bundled dependencies, build and release the action.

## Workaround
Set `FORCE_JAVASCRIPT_ACTIONS_TO_NODE24: true` in the workflow to see whether it still works.

## Prevent
Let Dependabot watch the action's dependencies, and test the action on every pull request.

## Validate
The log of a run that uses the action has no warning about Node.js.

## Bad
```action
name: Build
description: Builds
runs:
  using: node16 # finding
  main: dist/index.js
```

## Good
```action
name: Build
description: Builds
runs:
  using: node24
  main: dist/index.js
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_action", each=faults("runtime"), severity=Severity.MEDIUM, symptoms=["Node.js 1[26] actions are deprecated"])
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
