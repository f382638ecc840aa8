"""An action or workflow of another repository is named by a branch.

## Why it matters
A branch is whatever was pushed last. Whoever can push there, or took over an account that can, runs code in every workflow that names it,
with its token and secrets, from the next run on.

## Five whys
1. Why did foreign code run in the pipeline? An action that it uses was changed.
2. Why did the change arrive unseen? The workflow names a branch of the action.
3. Why a branch? Its README shows it so.
4. Why is that not noticed? Nothing in this repository changes.
5. Why does it also break things without an attacker? Branches carry unfinished work.

## Fix now
Name the commit of a release: `uses: owner/action@<40 letters of the commit> # v1.2.3`; Dependabot and Renovate keep both up to date.

## Workaround
Name a tag of a release.

## Prevent
Let the organisation's policy demand full commits (Settings, Actions), and update them by a bot.

## Validate
The log (Set up job) shows the same commit in every run.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: acme/tool@main # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: acme/tool@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v1.2.3
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.pinning import Foreign, Pin, foreign_actions


@rule(
    target="github_workflow github_action",
    each=foreign_actions,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="zizmor:unpinned-uses",
)
def check(found: Foreign) -> Iterator[Fail]:
    if found.pin is Pin.MOVING:
        yield Fail(found.where, f"{found.reference.slug} is taken from the branch {found.reference.ref}", "the commit of a release")
