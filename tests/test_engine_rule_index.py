"""The index of rules: what it says is what the files say, and what has changed since is read again."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from auditor.engine import rule_index, rulebook
from auditor.engine.rule_index import Deferred, loaded
from auditor.model.rule import Rule
from tests.demo_rules import UNENCRYPTED

BY_FILE = {"check", "each", "read_page"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of rules that stands for the built-in ones."""
    (tmp_path / "aws").mkdir()
    (tmp_path / "aws" / "volume_unencrypted.yaml").write_text(UNENCRYPTED)
    monkeypatch.setattr(rulebook, "builtin_root", lambda: tmp_path)
    return tmp_path


def said(rule: Rule) -> dict[str, object]:
    """The metadata of a rule."""
    return {field.name: getattr(rule, field.name) for field in fields(rule) if field.name not in BY_FILE}


def test_the_index_says_what_the_rules_say() -> None:
    root = rulebook.builtin_root()
    index = rule_index.read(root)
    real = [rulebook.load_file(root, Path(rule.source)) for rule in index.values()]
    assert [said(rule) for rule in index.values()] == [said(rule) for rule in real]


def test_a_rule_is_loaded_when_it_has_work(root: Path) -> None:
    rule_index.write(root, rulebook.load(root))
    (rule,) = rulebook.load(root)
    assert isinstance(rule.check, Deferred)
    assert rule.summary == "A volume is not encrypted."
    real = loaded(rule)
    assert not isinstance(real.check, Deferred)
    assert said(real) == said(rule)
    assert loaded(real) is real


def test_a_changed_file_is_read_again(root: Path) -> None:
    rule_index.write(root, rulebook.load(root))
    path = root / "aws" / "volume_unencrypted.yaml"
    path.write_text(UNENCRYPTED.replace("severity: high", "severity: critical"))
    (rule,) = rulebook.load(root)
    assert str(rule.severity) == "critical"
    path.unlink()
    assert rulebook.load(root) == ()


def test_a_broken_index_is_no_index(root: Path) -> None:
    (root / rule_index.FILE).write_text('{"aws/volume_')
    assert len(rulebook.load(root)) == 1


def test_a_packaged_index_needs_no_times(root: Path) -> None:
    rule_index.write(root, rulebook.load(root), packaged=True)
    (root / "aws" / "volume_unencrypted.yaml").touch()
    (rule,) = rulebook.load(root)
    assert isinstance(rule.check, Deferred)
