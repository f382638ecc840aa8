"""A text that anybody may write becomes part of code that an action runs.

## Why it matters
Some inputs of actions are scripts or command lines: what stands in them is run. A title, a branch name or a message that is put there is
then code, with the job's token and secrets.

## Five whys
1. Why did a stranger's text run? It was written into an input that an action runs.
2. Why is an input code? The action was made to run it: on a server, in an emulator, after a failure.
3. Why did quotes not help? The text can close them.
4. Why may strangers choose it? Titles, bodies, branch names and messages of commits are free text.
5. Why was it not seen? An input under `with` does not look like a script.

## Fix now
Hand the text over as a variable: `env: {TITLE: "${{ github.event.issue.title }}"}` at the step, and `"$TITLE"` in the input (some actions
need the variable's name in an input such as `envs`).

## Workaround
Use a field that cannot be chosen freely: the number or the commit.

## Prevent
Write no `${{ }}` into inputs that hold commands; give jobs the least permissions.

## Validate
Cause the event with the title `$(id)`: the log shows the text, not what the command prints.

## Bad
```github
on: issue_comment
permissions: {}
jobs:
  notify:
    runs-on: ubuntu-24.04
    steps:
      - uses: appleboy/ssh-action@2ead5e36573f08b82fbfce1504f1a4b05a647c6f # v1.2.2
        with:
          host: example.org
          script: ./announce "${{ github.event.comment.body }}" # finding
```

## Good
```github
on: issue_comment
permissions: {}
jobs:
  notify:
    runs-on: ubuntu-24.04
    steps:
      - uses: appleboy/ssh-action@2ead5e36573f08b82fbfce1504f1a4b05a647c6f # v1.2.2
        env:
          BODY: ${{ github.event.comment.body }}
        with:
          host: example.org
          envs: BODY
          script: ./announce "$BODY"
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.github.taint import Exposure, Origin, exposed, message


@rule(
    each=exposed(Origin.OUTSIDE),
    target="github_workflow github_action",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    profile=Profile.GATE,
    aliases="zizmor:template-injection CKV_GHA_2",
)
def check(found: Exposure) -> Iterator[Fail]:
    if not (found.common and found.text.startswith("github.")):  # of these pipelines-github-untrusted-text-in-script speaks
        yield Fail(found.where, message(found), "a variable of the environment")
