"""An action of a third party is named by a tag.

## Why it matters
A tag can be moved to another commit. In March 2025 all tags of a much used action were moved to one that printed the secrets of every
workflow that ran it; workflows that named a commit were spared.

## Five whys
1. Why did foreign code run in the pipeline? The tag of an action was moved.
2. Why could it be moved? Tags are names, whoever may push can move them.
3. Why is a tag used? It is short, and gets mended versions by itself.
4. Why is that not noticed? Nothing in this repository changes.
5. Why is it seldom prevented? Commits have to be updated by somebody; bots do it.

## Fix now
Name the commit: `uses: owner/action@<40 letters of the commit> # v1.2.3`.

## Workaround
Let the organisation allow only actions of verified owners.

## Prevent
Dependabot or Renovate with a waiting time (cooldown) of some days.

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
      - uses: acme/tool@v1 # finding
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
      - uses: actions/setup-go@v6
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.pinning import Foreign, Pin, foreign_actions


@rule(
    target="github_workflow github_action",
    each=foreign_actions,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="zizmor:unpinned-uses",
)
def check(found: Foreign) -> Iterator[Fail]:
    if found.pin is Pin.TAG and found.reference.owner.lower() not in ("actions", "github"):
        yield Fail(found.where, f"the tag {found.reference.ref} of {found.reference.slug} can be moved", "the commit of a release")
