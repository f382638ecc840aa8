"""An expression reads an output that nobody declares.

## Why it matters
A job hands on only what it lists under `outputs`, an action only what its metadata declares. GitHub does not report it: what does not
exist is an empty text, and the command runs with nothing in that place: a deployment without a tag, a path that has become `/`, a
condition that never holds.

## Five whys
1. Why did the deployment get an empty value? The output that it reads does not exist.
2. Why not? It is misspelt, or was renamed where it is declared.
3. Why is that no error? A property that does not exist is empty.
4. Why did the job stay green? The command accepts an empty value.

## Fix now
Take the declared name, or declare the output.

## Workaround
Stop the job when the value is empty: `: "${TAG:?no tag}"` as the first line of the script.

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
      image_tag: v1
    steps:
      - run: make
  deploy:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy ${{ needs.build.outputs.imagetag }} # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    outputs:
      image_tag: v1
    steps:
      - run: make
  deploy:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy ${{ needs.build.outputs.image_tag }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("undefined-output"),
    severity=Severity.HIGH,
    aliases="actionlint:expression",
    symptoms=["invalid reference format", "Input required and not supplied"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
