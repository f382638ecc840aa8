"""Find rule files and turn each into a `Rule`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from auditor.engine import rule_index
from auditor.engine.rule_file import problem, rule_files, rule_id
from auditor.model.diagnostic import Diagnostic
from auditor.model.error import RuleFileError
from auditor.model.rule import Rule

ENTRY_POINTS = "auditor.rules"
"""Installed packages offer rules under this group: a package, or the path of a folder."""


def builtin_root() -> Path:
    """The folder of the rules that come with the product: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rules"
    return installed if installed.is_dir() else package.parent / "rules"


def installed_roots() -> tuple[Path, ...]:
    """The rule folders that other installed packages offer, by the names of their entry points."""
    if not _offers_rules():
        return ()
    import importlib.metadata

    found: list[Path] = []
    for point in sorted(importlib.metadata.entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        offered = point.load()
        if isinstance(offered, ModuleType):
            found.extend(Path(folder) for folder in offered.__path__)
        else:
            found.append(Path(os.fspath(offered)))
    return tuple(found)


def _offers_rules() -> bool:
    """Whether any installed package mentions our entry point: a look into small files, ten times faster than asking importlib."""
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as entries:
                described = [entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
        except OSError:
            continue
        for path in described:
            try:
                with open(os.path.join(path, "entry_points.txt"), "rb") as file:
                    if ENTRY_POINTS.encode() in file.read():
                        return True
            except OSError:
                continue
    return False


def load(*roots: Path, code: bool = True) -> tuple[Rule, ...]:
    """The rules below the folders, by id; raises `RuleFileError` with the problems of all files.

    `code`: whether rules written in Python are read, which executes them.
    """
    rules: dict[str, Rule] = {}
    problems: list[Diagnostic] = []
    for root in roots:
        known = rule_index.read(root) if root == builtin_root() else {}
        for path in rule_files(root):
            try:
                rule = known.get(path) or load_file(root, path, code=code)
                if rule.id in rules:
                    problems.append(problem(str(path), 1, 1, f"the rule {rule.id} is declared by {rules[rule.id].source} already"))
                rules.setdefault(rule.id, rule)
            except RuleFileError as error:
                problems.extend(error.problems)
    if problems:
        raise RuleFileError(*problems)
    return tuple(rules[name] for name in sorted(rules))


def load_file(root: Path, path: Path, *, code: bool = True) -> Rule:
    """The rule of one file below `root`; raises `RuleFileError`."""
    name = rule_id(root, path)
    if path.suffix != ".py":
        from auditor.engine import yaml_rule

        return yaml_rule.load(name, path)
    if not code:
        raise RuleFileError(problem(str(path), 1, 1, "a rule written in Python is executed when it is read: allow that with --allow-code"))
    from auditor.engine import python_rule

    return python_rule.load(name, path)


def by_alias(rules: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    """canonical alias -> the ids of the rules that have it, their own ids included."""
    found: dict[str, list[str]] = {}
    for name, rule in _names(rules):
        found.setdefault(canonical(name), []).append(rule.id)
    return {name: tuple(dict.fromkeys(ids)) for name, ids in found.items()}


def _names(rules: Iterable[Rule]) -> Iterator[tuple[str, Rule]]:
    for rule in rules:
        yield rule.id, rule
        for alias in rule.aliases:
            yield alias, rule


def canonical(name: str) -> str:
    """The form in which ids compare: `AVD-AWS-0107` and `aws-0107` are one, so are `KSV001` and `AVD-KSV-0001`."""
    text = name.strip().lower().replace("_", "-").removeprefix("avd-")
    numbered = _NUMBERED.fullmatch(text)
    return f"{numbered[1]}-{int(numbered[2])}" if numbered else text


_NUMBERED = re.compile(r"(.*?[a-z])-?(\d{1,9})")
