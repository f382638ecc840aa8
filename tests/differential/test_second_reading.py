"""An independent reading of Terraform (python-hcl2) sees the same blocks, labels and attributes in our fixtures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hcl2
import pytest

from auditor.loaders.terraform.language.parse import parse_body
from auditor.loaders.terraform.language.tree import Body, Source
from tests.conftest import CHECKOUT

FILES = sorted(path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "fixtures").rglob("*.tf"))


def ours(body: Body) -> list[Any]:
    """(names of attributes, blocks with labels and bodies)."""
    return [sorted(body.attributes), sorted((block.type, block.labels, ours(block.body)) for block in body.blocks)]


def theirs(table: dict[str, Any]) -> list[Any]:
    """The same of python-hcl2's tables: a block type is a list of tables, each nested once for each label."""
    attributes, blocks = [], []
    for name, value in table.items():
        if name.startswith("__"):
            continue
        if isinstance(value, list) and value and all(isinstance(item, dict) and _is_block(item) for item in value):
            blocks += [(name, *_labelled(item)) for item in value]
        else:
            attributes.append(name)
    return [sorted(attributes), sorted(blocks)]


def _is_block(item: dict[str, Any]) -> bool:
    if item.get("__is_block__"):
        return True
    inner = [value for key, value in item.items() if not key.startswith("__")]
    return len(inner) == 1 and isinstance(inner[0], dict) and _is_block(inner[0])


def _labelled(item: dict[str, Any]) -> tuple[tuple[str, ...], list[Any]]:
    labels: list[str] = []
    while not item.get("__is_block__"):
        ((label, item),) = ((key, value) for key, value in item.items() if not key.startswith("__"))
        labels.append(label.strip('"'))
    return tuple(labels), theirs(item)


@pytest.mark.parametrize("name", FILES)
def test_two_readings_agree(name: str) -> None:
    text = Path(CHECKOUT, name).read_text()
    body, problems = parse_body(Source(name, text))
    assert not problems
    assert ours(body) == theirs(hcl2.loads(text))


def test_there_is_something_to_read() -> None:
    assert len(FILES) > 10
