"""A condition takes whoever acted last for the author of a pull request.

## Why it matters
`github.actor` is who caused this very event, not who wrote the code. On somebody's pull request a bot can be made to act last (Dependabot
rebases a fork's branch when asked), and what only the bot's own changes should pass lets foreign code pass: an approval, a merge, a run
with secrets.

## Five whys
1. Why was foreign code merged by itself? The condition said that a bot was the author.
2. Why did it say so? It looks at who acted, and the last one to act was the bot.
3. Why did the bot act on it? Anybody can make it.
4. Why was actor chosen? For the bot's own pull requests both are the same.
5. Why was it not noticed? No test makes a bot act on a stranger's pull request.

## Fix now
Ask for the author: `github.event.pull_request.user.login == 'dependabot[bot]'`, and that the branch is of this repository.

## Workaround
Take from the job what the bot's changes are trusted with: approvals and merges.

## Prevent
Never compare `github.actor`, `triggering_actor` or the sender with a bot's name to give rights.

## Validate
Let the bot act on a test pull request of another author: the job is skipped.

## Bad
```github
on: pull_request_target
permissions: {}
jobs:
  merge:
    runs-on: ubuntu-24.04
    if: github.actor == 'dependabot[bot]' # finding
    steps:
      - run: gh pr merge --auto --squash "$URL"
        env:
          URL: ${{ github.event.pull_request.html_url }}
```

## Good
```github
on: pull_request_target
permissions: {}
jobs:
  merge:
    runs-on: ubuntu-24.04
    if: github.event.pull_request.user.login == 'dependabot[bot]'
    steps:
      - run: gh pr merge --auto --squash "$URL"
        env:
          URL: ${{ github.event.pull_request.html_url }}
  test:
    runs-on: ubuntu-24.04
    if: github.actor != 'dependabot[bot]'
    steps:
      - run: ./test
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.gate import Expression, claims, conditions, equals

_ACTORS = frozenset({"github.actor", "github.triggering_actor", "github.event.pull_request.sender.login", "github.event.sender.login"})
_IDS = frozenset({"github.actor_id", "github.event.sender.id", "github.event.pull_request.sender.id"})
_BOTS = frozenset({"49699333", "29110", "27856297", "29139614", "41898282"})  # dependabot, renovate, mergify, github-actions ...


@rule(
    target="github_workflow github_action",
    each=conditions,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="zizmor:bot-conditions",
)
def check(condition: Expression) -> Iterator[Fail]:
    for claim in claims(condition.tree):
        path, text = equals(claim) or ((), "")
        name = ".".join(path)
        if (name in _ACTORS and text.endswith("[bot]")) or (name in _IDS and text in _BOTS):
            message = f"{name} is who caused the event, not who wrote the change"
            yield Fail(condition.at(claim), message, "github.event.pull_request.user.login")
