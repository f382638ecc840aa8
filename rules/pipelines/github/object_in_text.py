"""An object or a list becomes part of a text.

## Why it matters
GitHub writes an object into a text as `Object` and a list as `Array`; null as nothing. The command gets that word in place of the value.

## Five whys
1. Why does the command see the word Object? The expression yields an object, and a text is made of it.
2. Why does it yield one? It stops one name too early, or takes a list by `.*`.
3. Why is it no error? Every value can become a text.
4. Why was it not noticed? The log shows the command with the word in it.

## Fix now
Take the property that is meant; join a list (`join(list, ',')`), and hand an object over as JSON (`toJSON(object)`).

## Workaround
Read the event's payload in the script: `jq .pull_request "$GITHUB_EVENT_PATH"`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
Add a step `- run: echo "[$VALUE]"` with `VALUE` set to the expression in `env`: the brackets hold the value.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./notify '${{ github.event.commits.*.id }}' # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./notify '${{ join(github.event.commits.*.id, ',') }}'
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow github_action", each=faults("template"), severity=Severity.MEDIUM, aliases="actionlint:expression")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
