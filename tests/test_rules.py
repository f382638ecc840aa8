"""Every rule's page is its test suite: each file of `rules/`, by the kit that users have for their own rules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from auditor import testing
from auditor.engine import rulebook
from auditor.engine.rule_file import rule_files

ROOT = rulebook.builtin_root()
FILES = [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in rule_files(ROOT)]

MAY_IMPORT = {
    "auditor.sdk",
    "auditor.views",
    "collections.abc",
    "datetime",
    "fnmatch",
    "functools",
    "ipaddress",
    "itertools",
    "json",
    "re",
    "typing",
}
"""What a rule file may import, so that everything below the sdk can be rewritten, and no rule can reach beyond its input."""


@pytest.mark.parametrize("path", FILES)
def test_rule(path: Path) -> None:
    problems = testing.check(rulebook.load_file(ROOT, path))
    assert not problems, "\n" + "\n".join(map(str, problems))


@pytest.mark.parametrize("path", [param for param in FILES if str(param.id).endswith(".py")])
def test_imports(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    names += [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    beyond = [name for name in names if name not in MAY_IMPORT and not name.startswith("auditor.views.")]
    assert not beyond


def test_all_rules_load_together() -> None:
    rules = rulebook.load(ROOT)
    assert len({rule.id for rule in rules}) == len(rules) > 0
