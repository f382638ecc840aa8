"""An expression reads a job that this job does not need.

## Why it matters
`needs` holds the jobs that the job names itself, not those that these need in turn. GitHub does not report it: what does not exist is an
empty text, and the command runs with nothing in that place: a deployment without a tag, a path that has become `/`, a condition that
never holds.

## Five whys
1. Why did the deployment get an empty value? It reads the output of a job that is not in its `needs`.
2. Why not? The job comes earlier anyway, through another one.
3. Why is that not enough? Only direct needs are handed over.
4. Why is it no error? A property that does not exist is empty.

## Fix now
Add the job to `needs`.

## Workaround
Hand the value on as an output of the job that is needed.

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
    outputs:
      tag: v1
    steps:
      - run: make
  test:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: make test
  deploy:
    needs: test
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy ${{ needs.build.outputs.tag }} # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    outputs:
      tag: v1
    steps:
      - run: make
  test:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: make test
  deploy:
    needs: [build, test]
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy ${{ needs.build.outputs.tag }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("undefined-need"),
    severity=Severity.HIGH,
    aliases="actionlint:expression",
    symptoms=["invalid reference format"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
