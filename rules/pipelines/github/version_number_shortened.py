"""A version is written as a number and loses its last zero.

## Why it matters
YAML reads `3.10` as the number 3.1, and that is the version which is set up: the job fails, or tests and builds with another version than
meant.

## Five whys
1. Why does the job set up version 3.1? The version is a number.
2. Why is that 3.1? 3.10 and 3.1 are the same number.
3. Why was it written so? 3.9 and 3.11 work without quotes.
4. Why was it not noticed? The file says 3.10.

## Fix now
Quote the version: `'3.10'`.

## Workaround
None is simpler.

## Prevent
Quote versions always, also those that would survive.

## Validate
The log of the setup step names the version that was meant.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-python@v5
        with:
          python-version: 3.10 # finding
```
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        go: [1.19, 1.20] # finding
    steps:
      - uses: actions/setup-go@v5
        with:
          go-version: ${{ matrix.go }}
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-python@v5
        with:
          python-version: '3.10'
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.github.numbers import shortened_numbers


@rule(
    each=shortened_numbers,
    target="github_workflow github_action",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["The version '3.1' with architecture", "Version 3.1 was not found", "Unable to find Go version '1.2'"],
)
def check(version: Node) -> Iterator[Fail]:
    written = getattr(version.value_, "raw", "")
    yield Fail(version, f"{written} without quotes is the number {version.text}", expected=f"'{written}'", actual=written)
