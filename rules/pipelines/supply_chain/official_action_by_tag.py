"""An action of GitHub itself is named by a tag.

## Why it matters
GitHub's own actions are as trusted as the platform, and yet a tag is a name that moves: a new version can break a build that nobody
changed, and the same commit gives another result later.

## Five whys
1. Why did a build break that nobody changed? An action has a new version.
2. Why was it used at once? The workflow names a tag that moves.
3. Why a tag? It is short, and gets mended versions by itself.
4. Why is that rarely a danger here? GitHub runs the workflow anyway.
5. Why pin it all the same? So that a run can be repeated, and one rule holds for all actions.

## Fix now
Name the commit: `uses: actions/checkout@<40 letters of the commit> # v6.0.2`.

## Workaround
None is needed where GitHub's own actions are trusted by policy: switch this rule off.

## Prevent
Dependabot or Renovate.

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
      - uses: actions/setup-go@v6 # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-go@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.0
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.pinning import Foreign, Pin, foreign_actions


@rule(
    target="github_workflow github_action",
    each=foreign_actions,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="zizmor:unpinned-uses",
)
def check(found: Foreign) -> Iterator[Fail]:
    if found.pin is Pin.TAG and found.reference.owner.lower() in ("actions", "github"):
        yield Fail(found.where, f"the tag {found.reference.ref} of {found.reference.slug} can be moved", "the commit of a release")
