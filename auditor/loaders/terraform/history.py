"""A value's history: from the attribute that is wrong, through locals, variables and module calls, to where it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from auditor.loaders.terraform.body import value_of
from auditor.loaders.terraform.evaluate import Scope, evaluate
from auditor.loaders.terraform.instance import Instance
from auditor.loaders.terraform.language.tree import (
    Attribute,
    Block,
    Body,
    Call,
    Conditional,
    Expression,
    Literal,
    ObjectOf,
    Parentheses,
    Reference,
    Template,
    TupleOf,
)
from auditor.loaders.terraform.values.types import EvaluationError, Typed
from auditor.model.node import Node
from auditor.model.resource import Origin
from auditor.model.value import Unknown, Value, plain

_MAX_STEPS = 40
_PATH = re.compile(r'\.?([^.\[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')


@dataclass(frozen=True, slots=True)
class _At:
    """An expression, what it sees, and the path into its value that is being followed."""

    expression: Expression
    scope: Scope
    instance: Instance
    path: tuple[str | int, ...]
    bound: tuple[tuple[str, Expression, Scope], ...]
    """Loop names with the collection that they run through."""


def trace(instance: Instance, block: Block, scope: Scope, body: Value, path: str, *, loop: str = "") -> tuple[Origin, ...]:
    """The history of the value at `path` of a block's body, nearest step first. `loop`: `each` or `count` when it has instances."""
    value = Node(body).at(path).value_
    steps = tuple(int(index) if index else word or quoted for word, index, quoted in _PATH.findall(path))
    bound: tuple[tuple[str, Expression, Scope], ...] = ()
    collection = block.body.expression("for_each")
    if loop == "each" and collection is not None:
        bound = (("each", collection, instance.scope),)
    start = _enter(block.body, steps, scope, instance, bound)
    if start is None:
        return ()
    attribute, at = start
    shown = plain(value)
    secret = value.marks.sensitive
    made = [Origin("attribute", _told(f"{attribute.name} = {_short(attribute.expression)}", secret), attribute.span(), shown)]
    for origin in _follow(at, shown):
        if len(made) >= _MAX_STEPS:
            break
        made.append(replace(origin, text=_told(origin.text, secret)))
    place = value.place.span()
    if (
        place.file
        and all(origin.span != place for origin in made)
        and made[-1].span.file + str(made[-1].span.line) != place.file + str(place.line)
    ):
        made.append(Origin("literal", "(sensitive)" if secret else _written(value), place, shown))
    return tuple(made)


def _enter(
    body: Body, steps: tuple[str | int, ...], scope: Scope, instance: Instance, bound: tuple[tuple[str, Expression, Scope], ...]
) -> tuple[Attribute, _At] | None:
    """The attribute that a path starts at, through nested and dynamic blocks."""
    if not steps:
        return None
    name = str(steps[0])
    if name in body.attributes:
        attribute = body.attributes[name]
        return attribute, _At(attribute.expression, scope, instance, steps[1:], bound)
    index = steps[1] if len(steps) > 1 and isinstance(steps[1], int) else 0
    rest = steps[2:] if len(steps) > 1 and isinstance(steps[1], int) else steps[1:]
    for block in body.blocks:
        if block.type == name:
            if index == 0:
                return _enter(block.body, rest, scope, instance, bound)
            index -= 1
        elif block.type == "dynamic" and block.labels[:1] == (name,):
            found = _dynamic(block, index, scope, instance)
            if found is None:
                return None
            inner, passed, names = found
            if inner is not None:
                return _enter(block.body.of("content")[0].body, rest, inner, instance, (*bound, *names))
            index -= passed
    return None


def _dynamic(
    block: Block, index: int, scope: Scope, instance: Instance
) -> tuple[Scope | None, int, tuple[tuple[str, Expression, Scope], ...]] | None:
    """(scope of the element, or None and how many elements there are) of a dynamic block."""
    from auditor.loaders.terraform.evaluate import elements

    collection = block.body.expression("for_each")
    if collection is None or not block.body.of("content"):
        return None
    value = value_of(collection, scope, instance.tree.report)
    if isinstance(value.data, Unknown):
        return None
    pairs = elements(value)
    if index >= len(pairs):
        return None, len(pairs), ()
    iterator = block.body.expression("iterator")
    name = iterator.text if iterator is not None else block.labels[0]
    key, item = pairs[index]
    inner = scope.child({name: Typed({"key": key, "value": item}, None, item.place)})
    return inner, 0, ((name, collection, scope),)


def _follow(at: _At, shown: Any) -> Iterator[Origin]:
    """The steps that lead from an expression to where its value was written."""
    for _ in range(_MAX_STEPS):
        found = _next(at)
        if found is None:
            return
        origin, following = found
        if origin is not None:
            yield Origin(origin.kind, origin.text, origin.span, shown)
        if following is None:
            return
        at = following


def _next(at: _At) -> tuple[Origin | None, _At | None] | None:
    match at.expression:
        case Parentheses(inner=inner):
            return None, _At(inner, at.scope, at.instance, at.path, at.bound)
        case Template(wrap=True, parts=(inner,)) if not isinstance(inner, str):
            return None, _At(inner, at.scope, at.instance, at.path, at.bound)
        case Conditional() as conditional:
            return _branch(conditional, at)
        case TupleOf(items=items) if at.path and isinstance(at.path[0], int) and at.path[0] < len(items):
            return None, _At(items[at.path[0]], at.scope, at.instance, at.path[1:], at.bound)
        case ObjectOf(items=items) if at.path:
            for key, value in items:
                if isinstance(key, Literal) and key.value.data == at.path[0]:
                    return None, _At(value, at.scope, at.instance, at.path[1:], at.bound)
            return None
        case Call(
            name=("tolist" | "toset" | "tomap" | "tostring" | "jsonencode" | "sensitive" | "nonsensitive" | "try"), arguments=(inner, *_)
        ):
            return None, _At(inner, at.scope, at.instance, at.path, at.bound)
        case Template() | Call() as compound:
            only = _only_reference(compound)
            return None if only is None else (None, _At(only, at.scope, at.instance, (), at.bound))
        case Reference() as reference:
            return _reference(reference, at)
        case _:
            return None


def _branch(it: Conditional, at: _At) -> tuple[Origin | None, _At | None] | None:
    try:
        decided = evaluate(it.condition, at.scope).data
    except EvaluationError:
        return None
    if not isinstance(decided, bool):
        return None
    chosen = it.yes if decided else it.no
    origin = Origin("expression", f"{_short(it.condition)} is {'true' if decided else 'false'}", it.condition.span())
    return origin, _At(chosen, at.scope, at.instance, at.path, at.bound)


def _only_reference(compound: Template | Call) -> Expression | None:
    """The one reference that a text or a call is made from; None when there are several."""
    parts = compound.parts if isinstance(compound, Template) else compound.arguments
    found = [part for part in parts if isinstance(part, Reference)]
    return found[0] if len(found) == 1 and not any(isinstance(part, (Template, Call, Conditional)) for part in parts) else None


def _reference(reference: Reference, at: _At) -> tuple[Origin | None, _At | None] | None:
    instance, path = at.instance, at.path
    for name, collection, scope in reversed(at.bound):
        if reference.name == name:
            return _loop(reference, collection, scope, at)
    reference = reference.short
    if not reference.steps:
        return None
    first, rest = str(reference.steps[0]), (*reference.steps[1:], *path)
    match reference.name:
        case "local" if first in instance.module.locals:
            attribute = instance.module.locals[first]
            origin = Origin("local", f"local.{first} = {_short(attribute.expression)}", attribute.span())
            return origin, _At(attribute.expression, instance.scope, instance, rest, ())
        case "var" if first in instance.module.variables:
            return _variable(instance, first, rest)
        case "module" if first in instance.module.calls:
            return _output(instance, first, rest)
        case "data" | "var" | "local" | "module" | "path" | "terraform":
            return None
        case _:
            return _resource(reference, first, rest, instance)


def _resource(reference: Reference, name: str, rest: tuple[str | int, ...], instance: Instance) -> tuple[Origin | None, _At | None] | None:
    block = instance.module.resources.get(("resource", reference.name, name))
    if block is None:
        return None
    names = [step for step in rest if isinstance(step, str)]
    attribute_ = block.body.attributes.get(names[0]) if names else None
    origin = Origin("resource", reference.text, block.source.span(block.start, block.header_end))
    if attribute_ is None:
        return origin, None
    inner = rest[list(rest).index(names[0]) + 1 :]
    return origin, _At(attribute_.expression, instance.scope, instance, tuple(inner), ())


def _variable(instance: Instance, name: str, path: tuple[str | int, ...]) -> tuple[Origin, _At | None]:
    block = instance.module.variables[name]
    given = instance.inputs.get(name)
    if given is not None and given.kind == "argument" and instance.caller is not None:
        caller = instance.caller
        text = f"module {caller.block.labels[0]!r}: {name} = {_short(given.expression)}"
        collection = caller.block.body.expression("for_each")
        bound = (("each", collection, caller.instance.scope),) if collection is not None else ()
        return Origin("argument", text, given.expression.span()), _At(given.expression, caller.scope, caller.instance, path, bound)
    if given is not None:
        text = f"{name} = {_short(given.expression)}"
        return Origin(given.kind, text, given.expression.span()), _At(given.expression, instance.scope, instance, path, ())
    default = block.body.attributes.get("default")
    if default is None:
        return Origin("variable", f"var.{name} has no value", block.source.span(block.start, block.header_end)), None
    text = f"var.{name} defaults to {_short(default.expression)}"
    return Origin("default", text, default.span()), _At(default.expression, instance.scope, instance, path, ())


def _output(instance: Instance, name: str, path: tuple[str | int, ...]) -> tuple[Origin, _At | None] | None:
    children = instance.children(name)
    index = next((i for i, step in enumerate(path) if isinstance(step, str) and children and step in children[0].module.outputs), None)
    if index is None:
        return None
    wanted = str(path[index])
    block = children[0].module.outputs[wanted]
    origin = Origin("output", f"module.{name}.{wanted}", block.span())
    expression = block.body.expression("value")
    if expression is None:
        return origin, None
    return origin, _At(expression, children[0].scope, children[0], path[index + 1 :], ())


def _loop(reference: Reference, collection: Expression, scope: Scope, at: _At) -> tuple[Origin, _At | None]:
    """A loop's name: on to the element of the collection that it stands for."""
    origin = Origin("for_each", f"{reference.text} of {_short(collection)}", collection.span())
    key = _key_of(reference.name, at.scope)
    if key is None or reference.steps[:1] != ("value",):
        return origin, _At(collection, scope, at.instance, (), ())
    return origin, _At(collection, scope, at.instance, (key, *reference.steps[1:], *at.path), ())


def _key_of(name: str, scope: Scope) -> str | int | None:
    bound = scope.names.get(name)
    if bound is None or not isinstance(bound.data, dict):
        return None
    key = bound.data["key"].data
    return key if isinstance(key, (str, int)) else None


def _told(text: str, secret: bool) -> str:
    """The text without what stands after the equals sign, when that may not be shown."""
    return f"{text.partition(' = ')[0].partition(' defaults to ')[0]} (sensitive)" if secret else text


def _short(expression: Expression) -> str:
    text = " ".join(expression.text.split())
    return text if len(text) <= 100 else f"{text[:97]}..."


def _written(value: Value) -> str:
    shown = plain(value)
    return shown if isinstance(shown, str) else repr(shown)
