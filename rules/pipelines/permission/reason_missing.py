"""Permissions of a token have no comment that says what they are for.

## Why it matters
Whoever reviews a workflow later cannot tell whether a permission is still needed, so nobody dares to remove it.

## Five whys
1. Why does the token have more rights than its steps need? Nobody removed what was needed once.
2. Why? Nobody knew whether it still is.
3. Why? The file does not say what a permission is for.
4. Why was it not written down? At that time it was obvious.
5. Why does that matter? Rights only grow.

## Fix now
Write behind each permission what needs it: `packages: write # push the image`.

## Workaround
None is needed where one step makes it obvious.

## Prevent
Ask for the reason in the review.

## Validate
Every permission has a comment.

## Bad
```github finding=4
on: push
permissions:
  contents: read # checkout
  packages: write
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make publish
```

## Good
```github
on: push
permissions:
  contents: read # checkout
  packages: write # push the image
jobs:
  build:
    runs-on: ubuntu-24.04
    permissions:
      contents: read
    steps:
      - run: make publish
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline


@rule(target="github_workflow", each=pipelines, severity=Severity.INFO, aliases="zizmor:undocumented-permissions")
def check(pipeline: Pipeline, resource: Resource) -> Iterator[Fail]:
    for permissions in (pipeline.permissions, *(job.permissions for job in pipeline.jobs)):
        granted = _granted(permissions)
        lines = {level.span.line for _, level in permissions.entries()}
        silent = [level for level in granted if not _explained(level.span.line, lines, resource)]
        if silent:
            yield Fail(silent[0], "nothing says what these permissions are for", "a comment behind each", related=tuple(silent[1:]))


def _granted(permissions: Node) -> list[Node]:
    """The levels that need a reason: reading the contents needs none."""
    return [level for scope, level in permissions.entries() if level.value != "none" and (scope, level.value) != ("contents", "read")]


def _explained(line: int, lines: set[int], resource: Resource) -> bool:
    """Whether there is a comment behind it, or on a line of its own above it."""
    comments = resource.meta.at("comments")
    numbers = [line] if line - 1 in lines else [line, line - 1]
    return any((comments.at(f'["{number}"]').text or "").strip() for number in numbers)
