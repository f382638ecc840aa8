"""Nothing says which version a commit of an action is.

## Why it matters
A commit alone tells no reader how old it is, whether it is a release, and whether a known defect concerns it. Dependabot and Renovate
update the comment with the commit only where there is one.

## Five whys
1. Why was an old action not updated? Nobody saw that it is old.
2. Why not? Its version is forty letters.
3. Why is there no name beside them? The commit was pasted alone.
4. Why does the bot not add it? It changes only comments that are there.
5. Why does it matter in a review? A commit can be one of a fork, which a reader cannot see.

## Fix now
Write the version behind it: `uses: owner/action@<commit> # v1.2.3`.

## Workaround
None is needed where the action has no releases.

## Prevent
Let Renovate pin actions: it writes the comment.

## Validate
Every commit has its version behind it.

## Bad
```github finding=7
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: acme/tool@de0fac2e4500dabe0009e67214ff5f5447ce83dd
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

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Resource, Severity, rule
from auditor.views.pipeline.pinning import Foreign, Pin, foreign_actions

_VERSION = re.compile(r"\d+\.\d+|\bv\d+|[0-9a-f]{7}|main|master|tag|release", re.I)


@rule(
    target="github_workflow github_action",
    each=foreign_actions,
    severity=Severity.INFO,
    aliases="zizmor:ref-version-mismatch",
)
def check(found: Foreign, resource: Resource) -> Iterator[Fail]:
    comment = resource.meta.at(f'comments["{found.where.span.end_line}"]').text or ""
    if found.pin is Pin.HASH and not _VERSION.search(comment):
        yield Fail(found.where, f"nothing says which version of {found.reference.slug} this commit is", "# v1.2.3 behind it")
