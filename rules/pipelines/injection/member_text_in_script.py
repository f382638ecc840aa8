"""A text that members of the repository choose becomes part of a script.

## Why it matters
Branch names, tags, labels and inputs of a start by hand are free text: `$(curl...)` is a valid name of a branch. Whoever may push a
branch, or got hold of such an account, so gets the secrets and the token of the job, which the protection of branches should keep from
them.

## Five whys
1. Why could an account with few rights read a secret? Its branch's name was run as a command.
2. Why? `${{ github.ref_name }}` was replaced in the script.
3. Why is a branch's name code? Nearly every character is allowed in it.
4. Why was it thought safe? Only members can create branches.
5. Why is that not enough? Members may push branches without review, and bots push names that others choose.

## Fix now
Hand it over as a variable: GitHub sets `GITHUB_REF_NAME` and others already; for the rest `env:` at the step and `"$NAME"` in the script.

## Workaround
Restrict the branches of the trigger to names without wildcards.

## Prevent
Write no `${{ }}` into scripts; declare inputs of `workflow_dispatch` as `choice`, `boolean` or `environment`.

## Validate
Push a branch named `a$(id)`: the log shows the name.

## Bad
```github
on:
  push:
    tags: ['v*']
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./release ${{ github.ref_name }} # finding
```

## Good
```github
on:
  push:
    tags: ['v*']
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./release "$GITHUB_REF_NAME" ${{ github.sha }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.taint import Exposure, Origin, exposed, message


@rule(
    each=exposed(Origin.HAND),
    target="github_workflow github_action",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="zizmor:template-injection CKV_GHA_2",
)
def check(found: Exposure) -> Iterator[Fail]:
    yield Fail(found.where, message(found), "a variable of the environment")
