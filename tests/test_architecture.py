"""The laws that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

PACKAGE = CHECKOUT / "auditor"
MODULES = sorted(PACKAGE.rglob("*.py"))
RULES = sorted((CHECKOUT / "rules").rglob("*.py"))

FOR_RULES = frozenset(
    {
        *("auditor.sdk", "auditor.views", "__future__", "collections", "collections.abc", "dataclasses", "datetime", "fnmatch"),
        *("functools", "ipaddress", "itertools", "json", "math", "re", "typing"),
    }
)
"""What a rule may import."""

MAX_LINES = 300
LARGER: dict[str, int] = {
    "auditor/loaders/terraform/evaluate.py": 600,
    "auditor/loaders/terraform/instance.py": 450,
    "auditor/loaders/terraform/language/expressions.py": 360,
    "auditor/loaders/terraform/language/tree.py": 360,
}
"""Modules that may be larger, each with its budget: grammars and dispatch tables, which read worse in pieces."""

FORBIDDEN_NAMES = frozenset({"utils", "helpers", "common", "base", "manager", "misc", "core"})
HEAVY = ("boto3", "botocore", "kubernetes", "hcl2", "checkov", "yaml", "tree_sitter", "jsonschema", "rich", "jinja2")


def _name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def test_layers_import_downwards_only() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def test_rules_import_only_the_sdk() -> None:
    wrong = [
        f"{_name(path)}: {module}"
        for path in RULES
        for module in _imported(ast.parse(path.read_text("utf-8")))
        if module not in FOR_RULES and not module.startswith("auditor.views.")
    ]
    assert not wrong


def test_modules_are_small() -> None:
    sizes = {_name(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert not {name: size for name, size in sizes.items() if size > LARGER.get(name, MAX_LINES)}
    assert not {name for name in LARGER if sizes.get(name, 0) <= MAX_LINES}, "these need no exception any more"


def test_modules_have_names_that_say_something() -> None:
    assert not [_name(path) for path in MODULES if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES]


def test_modules_begin_with_a_docstring() -> None:
    assert not [_name(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]


def test_everything_is_caught_only_around_rules_and_at_the_very_end() -> None:
    found = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "BaseException"
                if re.search(r"\b(Base)?Exception\b", caught):
                    found.add(_name(path))
    assert found == {"auditor/cli/errors.py", "auditor/engine/python_rule.py", "auditor/engine/runner.py"}


def test_silenced_checks_name_what_they_silence() -> None:
    bare = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!: [A-Z]+[0-9]+))")
    lines = ((path, number, line) for path in MODULES for number, line in enumerate(path.read_text("utf-8").splitlines(), 1))
    assert not [f"{_name(path)}:{number}" for path, number, line in lines if bare.search(line)]


@pytest.mark.parametrize("args", [["--help"], ["--version"]])
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    code = (
        "import sys; from auditor.cli import main; code = main(sys.argv[1:]);"
        f"heavy = {(*HEAVY, 'auditor.app', 'auditor.engine', 'auditor.loaders', 'auditor.reporters')!r};"
        "print([m for m in heavy if m in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
