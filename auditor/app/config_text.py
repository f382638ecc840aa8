"""The text of `auditor.yaml`: to data with lines, against the schema, to a `Config`. Raises `ConfigError` with the line."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files as package_files
from typing import Any, TypeAlias

import jsonschema
import yaml

from auditor.app.nearest import nearest
from auditor.model.config import Config, Ignore, KubernetesSettings, RuleSettings, TerraformSettings
from auditor.model.error import ConfigError
from auditor.model.rule import Profile, Severity
from auditor.model.span import Span

Key: TypeAlias = "str | int"
Lines: TypeAlias = "dict[tuple[Key, ...], int]"


def parse(text: str, name: str) -> Config:
    """The configuration that a text spells. Raises `ConfigError` with the line."""
    data, lines = _load(text, name)
    _validate(data, lines, name)
    rules, terraform, kubernetes = data.get("rules") or {}, data.get("terraform") or {}, data.get("kubernetes") or {}
    return Config(
        file=name,
        profile=Profile(data["profile"]) if "profile" in data else None,
        fail_on=_severity(data["fail_on"]) if "fail_on" in data else None,
        rules=RuleSettings(
            enable=tuple(rules.get("enable", ())),
            disable=tuple(rules.get("disable", ())),
            severity={rule: _severity(level) for rule, level in rules.get("severity", {}).items()},
            options=rules.get("options", {}),
            paths=tuple(rules.get("paths", ())),
        ),
        suppress=tuple(_ignore(entry, lines[("suppress", index)], name) for index, entry in enumerate(data.get("suppress", ()))),
        exclude=tuple(data.get("exclude", ())),
        terraform=TerraformSettings(
            var_files=tuple(terraform.get("var_files", ())),
            workspace=terraform.get("workspace"),
            variables={key: _expression(value) for key, value in terraform.get("variables", {}).items()},
        ),
        kubernetes=KubernetesSettings(
            str(kubernetes.get("version", "")), kubernetes.get("closed", False), tuple(kubernetes.get("values", ()))
        ),
        baseline=data.get("baseline"),
        lines=lines,
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    found: dict[str, Any] = json.loads((package_files("auditor") / "schemas" / "config.schema.json").read_text("utf-8"))
    return found


def _severity(word: str) -> Severity:
    return Severity[word.upper()]


def _expression(value: Any) -> str:
    """As it would stand behind `-var NAME=`."""
    return value if isinstance(value, str) else json.dumps(value)


def _ignore(entry: Mapping[str, Any], line: int, name: str) -> Ignore:
    until = None
    if "until" in entry:
        try:
            until = datetime.date.fromisoformat(entry["until"])
        except ValueError as error:
            raise ConfigError(f"until: {error}", place=f"{name}:{line}") from None
    return Ignore(
        rule=entry["rule"],
        reason=entry["reason"],
        resource=entry.get("resource", "*"),
        path=entry.get("path", "*"),
        until=until,
        span=Span(name, line, 1, line, 1),
    )


# -- from text to data with lines


def _load(text: str, name: str) -> tuple[dict[str, Any], Lines]:
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ConfigError(f"not YAML: {error.problem}", place=f"{name}:{mark.line + 1 if mark else 1}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"not YAML: {error}", place=f"{name}:1") from None
    if root is None:
        return {}, {(): 1}
    lines: Lines = {}
    data = _data(root, (), lines, name, set())
    if not isinstance(data, dict):
        raise ConfigError("the file is not a table of settings", place=f"{name}:1")
    return data, lines


def _data(node: yaml.Node, path: tuple[Key, ...], lines: Lines, name: str, seen: set[int]) -> Any:
    lines[path] = line = node.start_mark.line + 1
    if id(node) in seen:
        raise ConfigError("anchors and aliases are not read here", place=f"{name}:{line}")
    seen.add(id(node))
    match node:
        case yaml.MappingNode():
            table: dict[str, Any] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode) or key.value in table:
                    problem = f"{key.value!r} stands twice" if isinstance(key, yaml.ScalarNode) else "a key is not a word"
                    raise ConfigError(problem, place=f"{name}:{key.start_mark.line + 1}")
                table[key.value] = _data(value, (*path, key.value), lines, name, seen)
                lines[(*path, key.value)] = key.start_mark.line + 1
            return table
        case yaml.SequenceNode():
            return [_data(item, (*path, index), lines, name, seen) for index, item in enumerate(node.value)]
        case _:
            return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    """A date stays text, as JSON Schema wants it."""
    kind = node.tag.rpartition(":")[2]
    if kind not in ("int", "float", "bool", "null"):
        return node.value
    return getattr(yaml.SafeLoader(""), f"construct_yaml_{kind}")(node)


# -- against the schema


def _validate(data: dict[str, Any], lines: Lines, name: str) -> None:
    errors = jsonschema.Draft202012Validator(schema()).iter_errors(data)
    for error in sorted(errors, key=lambda e: ([str(part) for part in e.absolute_path], e.message)):
        path = tuple(error.absolute_path)
        for key, message in _messages(error):
            place = (*path, key) if key is not None else path
            raise ConfigError(message, place=f"{name}:{lines.get(place, lines[()])}")


def _messages(error: Any) -> Iterator[tuple[str | None, str]]:
    where = ".".join(str(part) for part in error.absolute_path)
    if error.validator == "additionalProperties" and error.validator_value is False:
        known = error.schema.get("properties", {})
        for key in (key for key in error.instance if key not in known):
            yield key, f"unknown key {key!r}{f' in {where}' if where else ''}{nearest(key, known)}"
    else:
        yield None, f"{where}: {error.message}" if where else error.message
