"""Every rule's page is its test suite: each file of `rules/`, by the kit that users have for their own rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import testing
from auditor.engine import rulebook
from auditor.engine.rule_file import rule_files

ROOT = rulebook.builtin_root()
FILES = [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in rule_files(ROOT)]


@pytest.mark.parametrize("path", FILES)
def test_rule(path: Path) -> None:
    problems = testing.check(rulebook.load_file(ROOT, path))
    assert not problems, "\n" + "\n".join(map(str, problems))


def test_ids_are_unique() -> None:
    assert len(rulebook.load(ROOT)) == len(FILES)
