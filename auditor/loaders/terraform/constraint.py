"""Type constraints of variables: `object({ name = string, size = optional(number, 3) })`."""

from __future__ import annotations

from auditor.loaders.terraform.evaluate import Scope, evaluate
from auditor.loaders.terraform.language.tree import Call, Expression, Literal, ObjectOf, Parentheses, Reference, Template, TupleOf
from auditor.loaders.terraform.values.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    EvaluationError,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
    Typed,
)

_WORDS: dict[str, Type] = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": DYNAMIC}
_OLD: dict[str, Type] = {"list": ListType(DYNAMIC), "map": MapType(DYNAMIC)}


def read_constraint(expression: Expression, scope: Scope) -> Type:
    """The type that a constraint names, `DYNAMIC` for `any`; raises `EvaluationError`."""
    match expression:
        case Parentheses(inner=inner):
            return read_constraint(inner, scope)
        case Template(wrap=True, parts=(inner,)) if not isinstance(inner, str):
            return read_constraint(inner, scope)
        case Reference(name=name, steps=()) if name in _WORDS:
            return _WORDS[name]
        case Reference(name=("list" | "map") as name, steps=()):
            return _OLD[name]
        case Literal() if isinstance(expression.value.data, str) and expression.value.data in (*_WORDS, *_OLD):
            return _OLD.get(expression.value.data) or _WORDS[expression.value.data]  # the quoted form of Terraform 0.11
        case Call(name="list", arguments=(inner,)):
            return ListType(read_constraint(inner, scope))
        case Call(name="set", arguments=(inner,)):
            return SetType(read_constraint(inner, scope))
        case Call(name="map", arguments=(inner,)):
            return MapType(read_constraint(inner, scope))
        case Call(name="tuple", arguments=(TupleOf(items=items),)):
            return TupleType(tuple(read_constraint(item, scope) for item in items))
        case Call(name="object", arguments=(ObjectOf(items=items),)):
            return _object(items, scope)
        case _:
            raise EvaluationError(f"{expression.text!r} is not a type", expression)


def _object(items: tuple[tuple[Expression, Expression], ...], scope: Scope) -> Type:
    attributes: dict[str, Type | None] = {}
    optional: dict[str, Typed | None] = {}
    for key, expression in items:
        name = str(evaluate(key, scope).data)
        match expression:
            case Call(name="optional", arguments=(inner,)):
                optional[name] = None
                attributes[name] = read_constraint(inner, scope)
            case Call(name="optional", arguments=(inner, default)):
                optional[name] = evaluate(default, scope)
                attributes[name] = read_constraint(inner, scope)
            case _:
                attributes[name] = read_constraint(expression, scope)
    return ObjectType(attributes, optional)
