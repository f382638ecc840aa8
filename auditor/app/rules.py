"""Which rules there are, and which of them run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from auditor.app import drift_rules
from auditor.app.inputs import Inputs
from auditor.app.nearest import nearest
from auditor.engine import rulebook
from auditor.engine.rulebook import canonical
from auditor.model.config import Config
from auditor.model.error import ConfigError, InputError
from auditor.model.rule import Profile, Rule


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user says about rules: further folders, and ids, aliases or patterns to run (`only`) or to leave out (`skip`)."""

    folders: tuple[str, ...] = ()
    allow_code: bool = False
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    profile: Profile = Profile.AUDIT


def load(choice: Choice, inputs: Inputs | None = None) -> tuple[Rule, ...]:
    """Every rule: ours, those of installed packages, and the user's. Raises `RuleFileError`.

    Rules in Python come from us, from installed packages and from folders on the command line with `--allow-code`; a folder that
    the configuration of a scanned tree names is never run.
    """
    configured = [inputs.folder / path for path in inputs.config.rules.paths] if inputs else []
    named = [Path(folder) for folder in choice.folders]
    for folder in (*configured, *named):
        if not folder.is_dir():
            raise InputError(f"there is no folder of rules {str(folder)!r}")
    rules = list(rulebook.load(rulebook.builtin_root(), *rulebook.installed_roots()))
    rules += rulebook.load(*configured, code=False) if configured else ()
    rules += rulebook.load(*named, code=choice.allow_code) if named else ()
    return _distinct([*rules, *drift_rules.rules()])


def select(rules: Sequence[Rule], choice: Choice, config: Config) -> tuple[Rule, ...]:
    """The rules that run over resources, with their configured severities and options.

    Raises `ConfigError` for a name that no rule has.
    """
    only, skip = _match(rules, choice.only, "--rule"), _match(rules, choice.skip, "--skip-rule")
    enabled, disabled = _configured(rules, config, "enable"), _configured(rules, config, "disable")
    chosen = (
        rule
        for rule in rules
        if rule.kinds
        and rule.id not in skip
        and (rule.id in only if choice.only else _wanted(rule, choice.profile, enabled) and rule.id not in disabled)
    )
    for index, entry in enumerate(config.suppress):
        _match(rules, (entry.rule,), config.place("suppress", index, "rule"))
    settings = _settings(rules, config)
    return tuple(replace(rule, **settings[rule.id]) if rule.id in settings else rule for rule in chosen)


def matching(rules: Sequence[Rule], patterns: Sequence[str]) -> tuple[Rule, ...]:
    """The rules with these ids, aliases or patterns; all when there are none. Raises `ConfigError` for a name that no rule has."""
    wanted = _match(rules, patterns, "")
    return tuple(rule for rule in rules if rule.id in wanted or not patterns)


def named(rules: Iterable[Rule], name: str) -> tuple[Rule, ...]:
    """The rules with that id or alias; nothing when there is none."""
    wanted = canonical(name)
    return tuple(rule for rule in rules if wanted in _names(rule))


def manual(rule: Rule) -> str:
    """The manual page of a rule, in Markdown."""
    facts = [f"severity {rule.severity}", f"confidence {rule.confidence}", f"profile {rule.profile}"]
    if not rule.enabled:
        facts.append("off unless it is enabled")
    lines = [f"# {rule.id}", "", rule.summary, "", f"*{', '.join(facts)}*"]
    if rule.aliases:
        lines += ["", f"Elsewhere: {', '.join(f'`{alias}`' for alias in rule.aliases)}"]
    if rule.options:
        lines += ["", "Options:", "", *(f"- `{name}`: {json.dumps(value, default=str)}" for name, value in rule.options.items())]
    for title, text in rule.page.sections:
        lines += ["", f"## {title}", "", text.strip()]
    return "\n".join(lines) + "\n"


def _wanted(rule: Rule, profile: Profile, enabled: frozenset[str]) -> bool:
    if not (rule.enabled or rule.id in enabled):
        return False
    match profile:
        case Profile.AUDIT:
            return True
        case Profile.GATE:
            return rule.profile is Profile.GATE
        case Profile.INCIDENT:
            return rule.profile is Profile.INCIDENT or bool(rule.symptoms)


def _names(rule: Rule) -> Iterator[str]:
    yield canonical(rule.id)
    yield from map(canonical, rule.aliases)


def _match(rules: Sequence[Rule], patterns: Iterable[str], place: str) -> frozenset[str]:
    found: set[str] = set()
    for pattern in patterns:
        wanted = canonical(pattern)
        matching = {rule.id for rule in rules if any(fnmatchcase(name, wanted) for name in _names(rule))}
        if not matching:
            names = (name for rule in rules for name in (rule.id, *rule.aliases))
            raise ConfigError(f"no rule is called {pattern!r}{nearest(pattern, names)}", place=place)
        found |= matching
    return frozenset(found)


def _configured(rules: Sequence[Rule], config: Config, key: str) -> frozenset[str]:
    patterns: tuple[str, ...] = getattr(config.rules, key)
    return frozenset().union(
        *(_match(rules, (pattern,), config.place("rules", key, index)) for index, pattern in enumerate(patterns)),
    )


def _settings(rules: Sequence[Rule], config: Config) -> dict[str, dict[str, Any]]:
    """rule id -> the fields that the configuration replaces."""
    found: dict[str, dict[str, Any]] = {}
    for name, severity in config.rules.severity.items():
        for rule_id in _match(rules, (name,), config.place("rules", "severity", name)):
            found.setdefault(rule_id, {})["severity"] = severity
    by_id = {rule.id: rule for rule in rules}
    for name, options in config.rules.options.items():
        for rule_id in _match(rules, (name,), config.place("rules", "options", name)):
            known = by_id[rule_id].options
            for option in options:
                if option not in known:
                    place = config.place("rules", "options", name, option)
                    raise ConfigError(f"the rule {rule_id} has no option {option!r}{nearest(option, known)}", place=place)
            found.setdefault(rule_id, {})["options"] = {**known, **options}
    return found


def _distinct(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in found:
            raise ConfigError(f"the rule {rule.id} is declared twice: by {found[rule.id].source} and by {rule.source}")
        found[rule.id] = rule
    return tuple(found[name] for name in sorted(found))
