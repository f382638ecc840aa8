"""The id of a job or a step is malformed.

## Why it matters
GitHub refuses the whole workflow: none of its jobs run.

## Five whys
1. Why did the workflow not start? An id has characters that ids do not have.
2. Why? It was taken from a version, a path or a title.
3. Why are they not allowed? Ids are names in expressions: `needs.build-1.outputs`.
4. Why was it not noticed? The file is valid YAML.

## Fix now
Begin the id with a letter or `_` and go on with letters, digits, `-` and `_`; what people read goes into `name`.

## Workaround
Remove the id of the step when nobody reads it.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
jobs:
  build-v1.2: # finding
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on: push
jobs:
  build-v1-2:
    name: Build v1.2
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
    each=faults("id"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:id",
    symptoms=["is invalid. .* must start with a letter or '_'"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
