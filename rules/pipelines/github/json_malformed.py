"""A text given to fromJSON() is no JSON.

## Why it matters
The expression fails when it is evaluated, and the job with it.

## Five whys
1. Why did the job fail before its first step? A text is parsed as JSON and is none.
2. Why not? JSON has double quotes around texts and keys, and no comma at the end.
3. Why was it written so? The text stands in single quotes, as texts in expressions do.
4. Why was it not noticed? The expression is evaluated when the job runs.

## Fix now
Correct the JSON: `fromJSON('["a", "b"]')`.

## Workaround
Write the list as YAML where the key takes one.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`echo 'TEXT' | jq .` prints it.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        os: ${{ fromJSON('["a", "b"') }} # finding
    steps:
      - run: make
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        os: ${{ fromJSON('["a", "b"]') }}
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("json"),
    severity=Severity.HIGH,
    aliases="actionlint:expression",
    symptoms=["Error parsing fromJson", "Error reading JToken from JsonReader"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
