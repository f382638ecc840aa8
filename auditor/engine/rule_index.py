"""What is known of rules without reading them: their metadata in one file, so that only rules that have work to do are loaded.

`python -m auditor.engine.rule_index rules` writes it beside the rules, as bytecode stands beside Python; the wheel carries it.
An entry counts as long as its file has the size and time that it had; without an entry the file is read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from auditor.engine.rule_file import rule_files
from auditor.model.resource import Facet
from auditor.model.rule import Confidence, Fail, Page, Profile, Rule, Severity

FILE = "_index.json"
PACKAGED = "packaged"
"""In place of a time: the file was packaged together with the index, and nobody edits it."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """The check of a rule that is not loaded yet."""

    root: Path
    path: Path
    stamp: tuple[int, int | str]

    def load(self) -> Rule:
        """The rule itself, read once in a process."""
        return _read(self)

    def __call__(self, *arguments: Any) -> Iterable[Fail]:
        """Load the rule and ask it."""
        return self.load().check(*arguments)


@cache
def _read(deferred: Deferred) -> Rule:
    from auditor.engine.rulebook import load_file

    return load_file(deferred.root, deferred.path)


def loaded(rule: Rule) -> Rule:
    """The rule with its check, loaded when it was deferred; what the configuration changed stays changed."""
    if not isinstance(rule.check, Deferred):
        return rule
    real = rule.check.load()
    return replace(rule, check=real.check, each=real.each)


def read(root: Path) -> dict[Path, Rule]:
    """The rules of the index below a folder whose files are as they were, by path; nothing without an index."""
    try:
        entries: Mapping[str, Any] = json.loads((root / FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    found: dict[Path, Rule] = {}
    for name, (size, time, record) in entries.items():
        path = root / name
        if time != PACKAGED and _stamp(path) != (size, time):
            continue
        found[path] = _rule(Deferred(root, path, (size, time)), record)
    return found


def write(root: Path, rules: Sequence[Rule], *, packaged: bool = False, to: Path | None = None) -> None:
    """Write the index of rules that were loaded from below `root`."""
    by_source = {rule.source: rule for rule in rules}
    entries = {}
    for path in rule_files(root):
        size, time = _stamp(path)
        entries[path.relative_to(root).as_posix()] = (size, PACKAGED if packaged else time, _record(by_source[str(path)]))
    (to or root / FILE).write_text(json.dumps(entries, separators=(",", ":"), sort_keys=True))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns


def _record(rule: Rule) -> dict[str, Any]:
    facets = [] if rule.facets == frozenset(Facet) else sorted(rule.facets)
    return {
        "id": rule.id,
        "severity": int(rule.severity),
        "confidence": int(rule.confidence),
        "profile": str(rule.profile),
        "kinds": sorted(rule.kinds),
        "facets": facets,
        "aliases": list(rule.aliases),
        "options": dict(rule.options),
        "enabled": rule.enabled,
        "symptoms": list(rule.symptoms),
        "since": rule.since,
    }


_SEVERITIES = tuple(Severity)
_CONFIDENCES = tuple(Confidence)
_PROFILES = {str(profile): profile for profile in Profile}
_EVERY_FACET = frozenset(Facet)


def _rule(deferred: Deferred, it: Mapping[str, Any]) -> Rule:
    return Rule(
        it["id"],
        _SEVERITIES[it["severity"]],
        frozenset(it["kinds"]),
        deferred,
        partial(_page, deferred),
        confidence=_CONFIDENCES[it["confidence"]],
        profile=_PROFILES[it["profile"]],
        facets=frozenset(map(Facet, it["facets"])) or _EVERY_FACET,
        aliases=tuple(it["aliases"]),
        options=it["options"],
        enabled=it["enabled"],
        symptoms=tuple(it["symptoms"]),
        source=str(deferred.path),
        since=it["since"],
    )


def _page(deferred: Deferred) -> Page:
    return deferred.load().page


def main(folder: str) -> None:
    """Write the index of a folder of rules."""
    from auditor.engine.rulebook import load

    root = Path(folder).resolve()
    (root / FILE).unlink(missing_ok=True)
    write(root, load(root))


if __name__ == "__main__":
    main(sys.argv[1])
