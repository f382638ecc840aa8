"""A step gives an action an input that it does not have.

## Why it matters
The action warns and goes on with its default: the cache has no key of yours, the wrong version is set up, the wrong folder is published.

## Five whys
1. Why has the setting no effect? The action has no input of that name.
2. Why was it given? It is misspelt, or of another version of the action.
3. Why is it only a warning? The runner hands over what is given and cannot know what is needed.
4. Why was it not noticed? Warnings stand in the annotations.

## Fix now
Take the name that is proposed, or look it up in the action's `action.yml` at the version that is used.

## Workaround
Set what is needed by an environment variable or a step before.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The run has no annotation "Unexpected input(s)".

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-node@v4
        with:
          node_version: 22 # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: 22
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("input-unknown"),
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="actionlint:action",
    symptoms=[r"Unexpected input\(s\) '"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
