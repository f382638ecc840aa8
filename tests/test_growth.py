"""A rule costs in proportion to what it reads: ten copies of its examples in one graph take ten times the steps of one, not a hundred."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

import auditor
from auditor import testing
from auditor.engine import rulebook
from auditor.engine.rule_file import rule_files
from auditor.engine.runner import run
from auditor.model.rule import Example, Rule

ROOT = rulebook.builtin_root()
SERVICES = sorted({path.relative_to(ROOT).parent.as_posix() for path in rule_files(ROOT)} - {"."})

COPIES = 4
"""Of each example; measured at this number, twice and three times of it."""

FEW = frozenset({
    "aws_backup_plan", "aws_backup_selection", "aws_cloudtrail", "aws_ec2_transit_gateway", "aws_ec2_transit_gateway_route_table",
    "aws_organizations_organization", "aws_organizations_organizational_unit", "aws_organizations_policy", "aws_organizations_policy_attachment",
    "aws_vpc_block_public_access_options",
})  # fmt: skip
"""Of what AWS allows a handful in an account: one that all copies share."""

OURS = re.compile("|".join(re.escape(str(folder)) for folder in (Path(auditor.__file__).parent, ROOT)))
"""Whose steps are counted: what Python does for itself, such as collecting garbage, happens when it happens."""

SORTING = frozenset({"__eq__", "__lt__"})
"""Sorting takes more comparisons than there are items, and may."""

_BLOCK = re.compile(
    r'^(?:resource|data) "([a-z0-9_]+)" "([A-Za-z0-9_-]+)" \{(?:[^\n]*\}[ \t]*(?:#[^\n]*)?$|.*?^\}[^\n]*$)', re.MULTILINE | re.DOTALL
)
_ID = re.compile(r'"([a-z]+-[0-9a-f]{8,17}|arn:aws:(?!iam::aws:)[^"$*{}]+)"')
_NAME = re.compile(r'^\s*(?:name|bucket|[a-z_]*identifier|[a-z_]+_name|[a-z_]*id)\s*=\s*"([^"$%{}]+)"', re.MULTILINE)


def copied(example: Example, copies: int) -> Example:
    """The example with so many copies of its resources beside each other, each with names of its own; what is not a resource stays single."""
    files = tuple((name, _copied(text, copies) if name.endswith(".tf") else text) for name, text in example.files)
    return replace(example, files=files)


def _copied(text: str, copies: int) -> str:
    blocks = list(_BLOCK.finditer(text))
    labels = sorted({(found[1], found[2]) for found in blocks})
    names = {found[1] for pattern in (_NAME, _ID) for block in blocks for found in pattern.finditer(block[0])}
    parts = [_BLOCK.sub("", text)]
    for number in range(copies):
        own = [block[0] for block in blocks if number == 0 or block[1] not in FEW]
        parts.append(_renamed("\n".join(own), labels, names, number))
    return "\n".join(parts)


def _renamed(text: str, labels: list[tuple[str, str]], names: set[str], number: int) -> str:
    for kind, name in labels:
        own = f"{name}-{0 if kind in FEW else number}"
        text = re.sub(rf'"{kind}" "{name}"', f'"{kind}" "{own}"', text)
        text = re.sub(rf"\b{kind}\.{name}\b(?!-)", f"{kind}.{own}", text)
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf'(?<=[":/]){re.escape(name)}(?=[":/.])', f"{name}-{number:02}", text)  # all of one length
    return text


def steps(rule: Rule, example: Example) -> Counter[CodeType]:
    """How many lines of each function run while a rule judges an example."""
    counted: Counter[CodeType] = Counter()

    def count(frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            counted[frame.f_code] += 1
        return count if OURS.match(frame.f_code.co_filename) else None

    scene = testing.read(example)
    before = sys.gettrace()
    sys.settrace(count)
    try:
        for graph in scene.graphs:
            run([rule], graph)
    finally:
        sys.settrace(before)
    return counted


@pytest.mark.slow
@pytest.mark.parametrize("service", SERVICES)
def test_steps_grow_with_the_number_of_resources(service: str) -> None:
    grown = []
    for path in rule_files(ROOT / service):
        if path.parent != ROOT / service:
            continue
        rule = rulebook.load_file(ROOT, path)
        for example in rule.page.examples:
            steps(rule, example)  # what is made once for the process is made now
            once, twice, thrice = (steps(rule, copied(example, COPIES * times)) for times in (1, 2, 3))
            # The second difference of what is linear is nought; of a square it is twice the square of the step.
            grown += [
                f"{rule.id}: {code.co_qualname} ({Path(code.co_filename).name}): {once[code]}, {twice[code]}, {thrice[code]} steps"
                for code in thrice
                if code.co_name not in SORTING and (thrice[code] - twice[code]) - max(twice[code] - once[code], 0) >= 2 * COPIES * COPIES
            ]
    assert not grown, "\n" + "\n".join(sorted(set(grown)))
