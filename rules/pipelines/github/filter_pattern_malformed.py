r"""A pattern of a filter is malformed.

## Why it matters
Patterns for branches, tags and paths are globs. One that is malformed, or names what no branch or path can be called, matches nothing:
the workflow never starts for it.

## Five whys
1. Why did the tag not start the release? The pattern matches no tag.
2. Why not? It is a regular expression, or begins with `./` or `/`.
3. Why is there no error? Most characters are allowed, and what matches nothing is silent.
4. Why was it not noticed? A workflow that does not run leaves no trace.

## Fix now
Write a glob: `*` for anything but `/`, `**` for anything, `[0-9]+` for digits; paths start at the repository's root.

## Workaround
Drop the filter and ask in the job: `if: startsWith(github.ref, 'refs/tags/v')`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 3` shows a run for the next event of that kind.

## Bad
```github
on:
  push:
    tags:
      - 'v\d+' # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on:
  push:
    tags:
      - 'v[0-9]+'
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow", each=faults("glob"), severity=Severity.MEDIUM, aliases="actionlint:glob")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
