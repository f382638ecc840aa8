"""Terraform's JSON syntax (`.tf.json`): the same tree as the native syntax gives.

Texts are templates. Whether a table inside a resource is a block or a value is for the provider's schema to say, so it stays
an attribute here; a listing of one and a single table read the same.
"""

from __future__ import annotations

import json
from typing import Any

from auditor.loaders.terraform.language.parse import parse_expression, parse_template
from auditor.loaders.terraform.language.tree import (
    Attribute,
    Block,
    Body,
    Broken,
    Excerpt,
    Expression,
    Literal,
    ObjectOf,
    Source,
    Template,
    TupleOf,
)
from auditor.loaders.terraform.values.types import Typed
from auditor.model.diagnostic import Diagnostic
from auditor.model.json_text import offsets

_LABELS = {
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "module": 1,
    "variable": 1,
    "output": 1,
    "provider": 1,
    "check": 1,
    "terraform": 0,
    "locals": 0,
    "moved": 0,
    "import": 0,
    "removed": 0,
    "action": 2,
}
_NESTED: dict[str, frozenset[str]] = {
    "terraform": frozenset({"required_providers", "backend", "cloud"}),
    "variable": frozenset({"validation"}),
    "check": frozenset({"assert", "data"}),
    "": frozenset({"lifecycle", "provisioner", "connection", "dynamic"}),
}
_INNER_LABELS = {"backend": 1, "provisioner": 1, "dynamic": 1, "data": 2}
_REFERENCES = frozenset({"depends_on", "ignore_changes", "provider", "providers", "replace_triggered_by"})
_MORE_REFERENCES = {"variable": {"type"}, "moved": {"from", "to"}, "import": {"to"}, "removed": {"from"}}


def parse_json_body(source: Source) -> tuple[Body, list[Diagnostic]]:
    """The attributes and blocks of a JSON file, with its errors."""
    try:
        data = json.loads(source.text)
    except json.JSONDecodeError as error:
        where = source.span(error.pos, min(error.pos + 1, len(source.text)))
        return Body({}, []), [Diagnostic(where, "json-syntax", f"the file is not JSON: {error.msg}", gap=True)]
    except RecursionError:
        return Body({}, []), [Diagnostic(source.span(0, 1), "json-syntax", "the file is nested too deeply", gap=True)]
    if not isinstance(data, dict):
        return Body({}, []), [Diagnostic(source.span(0, 1), "json-syntax", "a configuration is a JSON object", gap=True)]
    reader = _Reader(source)
    body = Body({}, [])
    for type_, content in data.items():
        if type_ == "//":
            continue
        if type_ not in _LABELS:
            diagnostic = Diagnostic(
                reader.span((type_,)), "terraform-unknown-block", f"{type_!r} is not a block of a Terraform configuration"
            )
            reader.diagnostics.append(diagnostic)
            continue
        body.blocks += reader.blocks(type_, content, (type_,), _LABELS[type_])
    return body, reader.diagnostics


def parse_json_values(source: Source) -> tuple[dict[str, Expression], list[Diagnostic]]:
    """The values of a `.tfvars.json` file: plain data, without templates."""
    try:
        data = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        offset = getattr(error, "pos", 0)
        where = source.span(offset, min(offset + 1, len(source.text)))
        return {}, [Diagnostic(where, "json-syntax", f"the file is not JSON: {getattr(error, 'msg', 'nested too deeply')}", gap=True)]
    if not isinstance(data, dict):
        return {}, [Diagnostic(source.span(0, 1), "json-syntax", "a values file is a JSON object", gap=True)]
    reader = _Reader(source, templates=False)
    return {name: reader.value(item, (name,)) for name, item in data.items()}, reader.diagnostics


class _Reader:
    """Makes syntax from plain JSON data; places come from the offsets of each path."""

    def __init__(self, source: Source, *, templates: bool = True) -> None:
        self.source = source
        self.templates = templates
        self.diagnostics: list[Diagnostic] = []
        self._offsets = offsets(source.text)

    def range(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        return self._offsets.get(path, (0, 0))

    def span(self, path: tuple[str | int, ...]) -> Any:
        return self.source.span(*self.range(path))

    def blocks(self, type_: str, data: Any, path: tuple[str | int, ...], labels: int, found: tuple[str, ...] = ()) -> list[Block]:
        """All blocks of a type: tables nested by label, each of which may also be a listing of tables."""
        if isinstance(data, list):
            return [b for i, item in enumerate(data) for b in self.blocks(type_, item, (*path, i), labels, found)]
        if not isinstance(data, dict):
            self.diagnostics.append(Diagnostic(self.span(path), "terraform-unknown-block", f"{type_} needs a JSON object"))
            return []
        if labels:
            inner = [(key, item) for key, item in data.items() if key != "//"]
            return [b for key, item in inner for b in self.blocks(type_, item, (*path, key), labels - 1, (*found, key))]
        start, end = self.range(path)
        return [Block(self.source, start, end, type_, found, self.body(type_, data, path), start)]

    def body(self, type_: str, data: dict[str, Any], path: tuple[str | int, ...]) -> Body:
        body = Body({}, [])
        nested = _NESTED.get(type_, frozenset()) | _NESTED[""]
        for key, item in data.items():
            here = (*path, key)
            if key == "//":
                continue
            if key in nested and isinstance(item, (dict, list)):
                body.blocks += self.blocks(key, item, here, _INNER_LABELS.get(key, 0))
            else:
                start, end = self.range(here)
                bare = key in _REFERENCES or key in _MORE_REFERENCES.get(type_, ())
                body.attributes[key] = Attribute(self.source, start, end, key, self.value(item, here, bare=bare))
        return body

    def value(self, data: Any, path: tuple[str | int, ...], *, bare: bool = False) -> Expression:
        start, end = self.range(path)
        if isinstance(data, dict):
            pairs = ((self.text(key, path), self.value(item, (*path, key), bare=bare)) for key, item in data.items())
            return ObjectOf(self.source, start, end, tuple(pairs))
        if isinstance(data, list):
            return TupleOf(self.source, start, end, tuple(self.value(item, (*path, index), bare=bare) for index, item in enumerate(data)))
        if isinstance(data, str):
            return self.text(data, path, bare=bare)
        if isinstance(data, float):
            return parse_expression(Source(self.source.path, repr(data)))[0]
        literal = Literal(self.source, start, end, Typed(data))
        literal.value.place = literal
        return literal

    def text(self, text: str, path: tuple[str | int, ...], *, bare: bool = False) -> Expression:
        """A text is a template; where Terraform wants a reference, it is an expression."""
        start, end = self.range(path)
        if bare:
            expression, problems = parse_expression(Excerpt(self.source, start + 1, text))
        elif self.templates and ("${" in text or "%{" in text):
            expression, problems = parse_template(Excerpt(self.source, start + 1, text))
        else:
            literal = Literal(self.source, start, end, Typed(text))
            literal.value.place = literal
            return literal
        if problems:
            where = self.source.span(start, end)
            self.diagnostics += [Diagnostic(where, problem.code, problem.message, problem.level, problem.gap) for problem in problems]
            return Broken(self.source, start, end, problems[0].message)
        return _moved(expression, self.source, start, end)


def _moved(expression: Expression, source: Source, start: int, end: int) -> Expression:
    """A template's outermost node, placed at the JSON text that holds it."""
    if isinstance(expression, (Template, Literal)):
        expression.source, expression.start, expression.end = source, start, end
        if isinstance(expression, Literal):
            expression.value.place = expression
        return expression
    return Template(source, start, end, (expression,), wrap=True)
