"""The placeholders of format() do not match its values.

## Why it matters
A placeholder without a value stops the job with an error; a value without a placeholder is silently left out of the text.

## Five whys
1. Why did the job fail before its first step, or the text lack a part? The format and its values differ in number.
2. Why? A value was added or removed, and the format stayed.
3. Why do the numbers matter? The first value is `{0}`.
4. Why was it not noticed? The format is evaluated when the job runs.

## Fix now
Number the placeholders from `{0}` to one less than there are values; write a brace as `{{`.

## Workaround
Write the text without format(): `a-${{ github.sha }}`.

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
      - run: make TAG=${{ format('{0}-{1}', github.sha) }} # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make TAG=${{ format('{0}-{1}', github.ref_name, github.sha) }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("format"),
    severity=Severity.MEDIUM,
    aliases="actionlint:expression",
    symptoms=["The following format string references more arguments than were supplied", "The following format string is invalid"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
