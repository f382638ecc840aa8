"""Comments of zizmor in workflows speak for the line that they stand on, and for the block that begins there."""

from __future__ import annotations

import pytest

from auditor.engine.comments import read
from auditor.engine.directive import Directive
from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.pipelines import units

WORKFLOW = """\
on: push # zizmor: ignore[dangerous-triggers]
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - name: fetch # zizmor: ignore[unpinned-uses, artipacked] it is ours
        uses: actions/checkout@v4
"""


def directives(text: str) -> tuple[Directive, ...]:
    """What the comments of a workflow wish."""
    loading = next(iter(units(Files.of({".github/workflows/a.yml": text}), Settings()))).load()
    return read(loading.comments, loading.blocks, loading.resources)[0]


def test_names_reason_and_tool() -> None:
    found = {(it.tool, it.name, it.reason) for it in directives(WORKFLOW)}
    assert found == {
        ("zizmor", "dangerous-triggers", ""),
        ("zizmor", "unpinned-uses", "it is ours"),
        ("zizmor", "artipacked", "it is ours"),
    }


@pytest.mark.parametrize("comment", ["# zizmor: ignore", "# zizmor is great", "# ignore[artipacked]"])
def test_other_comments_wish_nothing(comment: str) -> None:
    assert directives(WORKFLOW.partition("#")[0] + comment + "\n" + "".join(WORKFLOW.splitlines(keepends=True)[1:5])) == ()
