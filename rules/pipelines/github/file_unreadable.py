"""A workflow cannot be read.

## Why it matters
A file that is no YAML is no workflow: gitHub refuses the file as a whole ("Invalid workflow file"), so that none of its jobs run on any
event until it is mended. The failure shows in the Actions tab only, not as a failed check of the commit.

## Five whys
1. Why did nothing run after the merge? GitHub could not read the workflow.
2. Why not? A value that holds a colon and a blank, or that begins with `*`, `&`, `@` or `{`, needs quotes in YAML, or the indentation is
   off.
3. Why was that not seen? An editor without a YAML schema shows such a file as text.
4. Why did review miss it? The line looks right to people.

## Fix now
Quote the value at the line that is named (`cron: '*/15 * * * *'`, `run: 'echo "a: b"'`), or mend the indentation, and push.

## Workaround
Write long commands as a block: `run: |` and the script below needs no quotes.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests): GitHub itself
reads a workflow only when an event arrives.

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on:
  schedule:
    - cron: */15 * * * * # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on:
  schedule:
    - cron: '*/15 * * * *'
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule


@rule(
    target="github_workflow",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:syntax-check",
    symptoms=["Invalid workflow file", "You have an error in your yaml syntax"],
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for problem in resource.meta.each("problems"):
        yield Fail(problem, f"the file cannot be read: {problem.text}", actual="unreadable")
