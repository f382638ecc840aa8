"""Expressions to values, as Terraform evaluates them, with every value's birthplace kept.

An error in the input raises `EvaluationError`; whoever asked for the value turns it into an unknown and a diagnostic. What
cannot be known here is an `Unknown` with its reason, and expressions over it are unknown for the same reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from auditor.loaders.terraform.call import MAX_TEXT
from auditor.loaders.terraform.functions import FUNCTIONS, CallContext
from auditor.loaders.terraform.language.tree import (
    Binary,
    Broken,
    Call,
    Conditional,
    Expression,
    For,
    GetAttr,
    Index,
    Item,
    Literal,
    ObjectOf,
    Parentheses,
    Reference,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    TupleOf,
    Unary,
)
from auditor.loaders.terraform.operators import binary, unary
from auditor.loaders.terraform.partial_json import partial_tree, parts_of
from auditor.loaders.terraform.values.convert import convert, convert_branch, unify
from auditor.loaders.terraform.values.number import whole
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
    type_of,
)
from auditor.model.value import UNMARKED, Marks, Unknown

Resolver: TypeAlias = "Callable[[Reference, Scope], Typed]"

_ITEM = "*"


class Scope:
    """The names that an expression can see: loop variables here, everything else through the resolver.

    `owner` is the resource (type, name) that the expression stands in: it may not refer to itself.
    """

    __slots__ = ("context", "names", "owner", "resolver")

    def __init__(
        self, resolver: Resolver, context: CallContext, names: Mapping[str, Typed] | None = None, owner: tuple[str, str] | None = None
    ) -> None:
        self.resolver = resolver
        self.context = context
        self.names: Mapping[str, Typed] = names or {}
        self.owner = owner

    def child(self, names: Mapping[str, Typed]) -> Scope:
        """A scope that sees these names as well."""
        return Scope(self.resolver, self.context, {**self.names, **names}, self.owner)

    def inside(self, owner: tuple[str, str]) -> Scope:
        """The scope of what stands in a resource."""
        return Scope(self.resolver, self.context, self.names, owner)


def evaluate(expression: Expression, scope: Scope) -> Typed:
    """The value of an expression; raises `EvaluationError` with its place."""
    try:
        return _EVALUATORS[type(expression)](expression, scope)
    except EvaluationError as error:
        if error.place is None:
            error.place = expression
        raise
    except RecursionError:
        raise EvaluationError("the expression is nested too deeply, or refers to itself", expression) from None


def marked(value: Typed, marks: Marks) -> Typed:
    """`value` with more marks."""
    if marks is UNMARKED:
        return value
    merged = marks if value.marks is UNMARKED else value.marks | marks
    return Typed(value.data, value.type, value.place, merged)


def unknown(like: Typed, type_: Type | None, place: Any, marks: Marks = UNMARKED, *, nullable: bool = True) -> Typed:
    """Unknown for the reason that `like` is."""
    reason = like.data.reason if isinstance(like.data, Unknown) else "a part of it is unknown"
    return Typed(Unknown(reason, nullable), type_, place, like.marks if marks is UNMARKED else like.marks | marks)


def step(value: Typed, key: str | int) -> Typed:
    """The attribute or element `key` of a value."""
    data = value.data
    if isinstance(data, dict):
        found = data.get(key if isinstance(key, str) else str(key))
        if found is None:
            if isinstance(value.type, MapType):
                raise EvaluationError(f"the given key does not identify an element in this collection value: {key}")
            raise EvaluationError(f"this object does not have an attribute named {key!r}")
        return _inherit(found, value.marks)
    if isinstance(data, list):
        if isinstance(value.type, SetType):
            raise EvaluationError("elements of a set are identified only by their value and don't have any separate index or key")
        index = key if isinstance(key, int) else int(key) if key.isdigit() else None
        if index is None:
            raise EvaluationError(f"this value is a list; an attribute {key!r} can be read only of one of its elements")
        many = next((item for item in data[: index + 1] if isinstance(item.data, Unknown) and item.data.many), None)
        if many is not None:  # nobody knows which element stands here
            return Typed(Unknown(many.data.reason), None, value.place, value.marks | many.marks)
        if not 0 <= index < len(data):
            raise EvaluationError("the given key does not identify an element in this collection value: the index is out of range")
        return _inherit(data[index], value.marks)
    if isinstance(data, Unknown):
        return Typed(Unknown(data.reason, True), _inner(value.type, key), value.place, _of_item(value, key))
    if data is None:
        raise EvaluationError("this value is null, so it does not have any attributes or elements")
    raise EvaluationError("this value does not have any attributes or elements")


def _of_item(value: Typed, key: Any) -> Marks:
    """The marks of one item of an unknown value."""
    return value.marks.item(key) if isinstance(key, int) and isinstance(value.type, ListType | TupleType) else value.marks


def _inherit(found: Any, marks: Marks) -> Typed:
    value: Typed = found
    return value if marks is UNMARKED or marks is value.marks else marked(value, marks)


def _inner(type_: Type | None, key: str | int) -> Type | None:
    match type_:
        case ListType(element=element) | MapType(element=element):
            return element
        case ObjectType():
            if str(key) not in type_.attributes:
                raise EvaluationError(f"this object does not have an attribute named {key!r}")
            return type_.attributes[str(key)]
        case TupleType(elements=elements):
            index = int(key) if isinstance(key, int) or key.isdigit() else -1
            if not 0 <= index < len(elements):
                raise EvaluationError("the given key does not identify an element in this collection value")
            return elements[index]
        case _:
            return None


def walk(value: Typed, steps: Iterable[str | int]) -> Typed:
    """The value at the end of a path."""
    for key in steps:
        value = step(value, key)
    return value


# -- one function for each kind of expression


def _literal(it: Literal, _: Scope) -> Typed:
    return it.value


def _broken(it: Broken, _: Scope) -> Typed:
    return Typed(Unknown("it could not be parsed"), None, it)


def _reference(it: Reference, scope: Scope) -> Typed:
    bound = scope.names.get(it.name)
    value = walk(bound, it.steps) if bound is not None else scope.resolver(it, scope)
    if isinstance(value.data, Unknown):  # what is unknown was written nowhere: it stands where it is used
        return Typed(value.data, value.type, it, value.marks)
    return value


def _get_attr(it: GetAttr, scope: Scope) -> Typed:
    return step(evaluate(it.object, scope), it.name)


def _index(it: Index, scope: Scope) -> Typed:
    value = evaluate(it.object, scope)
    key = evaluate(it.key, scope)
    if isinstance(key.data, Unknown):
        return unknown(key, None if value.type is None else _element_type(value), it, value.marks)
    if isinstance(value.data, Unknown):
        found = unknown(value, _element_type(value), it)
        return Typed(found.data, found.type, it, _of_item(value, key.data))
    wanted = convert(key, NUMBER if isinstance(value.data, list) else STRING).data
    if isinstance(wanted, float):
        wanted = whole(wanted)
        if wanted is None:
            raise EvaluationError("the given key does not identify an element in this collection value: it is infinite")
    if wanted is None:
        raise EvaluationError("can't use a null value as an indexing key")
    if not isinstance(wanted, (int, str)):
        raise EvaluationError("the given key does not identify an element in this collection value: it is not a whole number")
    found = step(value, wanted)
    return marked(found, Marks(sensitive=True)) if key.marks.sensitive else found


def _element_type(value: Typed) -> Type | None:
    return value.type.element if isinstance(value.type, (ListType, MapType, SetType)) else None


def _item(_: Item, scope: Scope) -> Typed:
    return scope.names[_ITEM]


def _splat(it: Splat, scope: Scope) -> Typed:
    value = evaluate(it.object, scope)
    data = value.data
    if isinstance(data, Unknown):
        return unknown(value, _splat_type(it, value, scope), it)
    if data is None:
        if isinstance(value.type, (ListType, SetType, TupleType)):
            raise EvaluationError("splat expressions (with the * symbol) cannot be applied to null sequences")
        return Typed([], None, it, value.marks)
    items: list[Any] = data if isinstance(data, list) else [value]
    found: list[Any] = [evaluate(it.each, scope.child({_ITEM: _inherit(item, value.marks)})) for item in items]
    if isinstance(value.type, (ListType, SetType)):
        kinds = {type_of(item) for item in found}
        if len(kinds) == 1:
            return Typed(found, ListType(kinds.pop()), it, value.marks)
        if not kinds:
            return Typed(found, _splat_type(it, value, scope), it, value.marks)
    return Typed(found, None, it, value.marks)


def _splat_type(it: Splat, value: Typed, scope: Scope) -> Type | None:
    """The type of a splat over no, or unknown, elements: what it would make of an unknown one."""
    if not isinstance(value.type, (ListType, SetType)):
        return None
    element = Typed(Unknown("there is no element"), value.type.element, it)
    return ListType(type_of(evaluate(it.each, scope.child({_ITEM: element}))))


def _unary(it: Unary, scope: Scope) -> Typed:
    return unary(it.operator, evaluate(it.operand, scope), it)


def _binary(it: Binary, scope: Scope) -> Typed:
    return binary(it.operator, evaluate(it.left, scope), evaluate(it.right, scope), it)


def _parentheses(it: Parentheses, scope: Scope) -> Typed:
    return evaluate(it.inner, scope)


def _conditional(it: Conditional, scope: Scope) -> Typed:
    condition = evaluate(it.condition, scope)
    if condition.data is None:
        raise EvaluationError("the condition value is null; conditions must either be true or false")
    decided = convert(condition, BOOL).data
    yes, no = _branch(it.yes, scope), _branch(it.no, scope)
    if isinstance(decided, Unknown):
        return _undecided(condition, yes, no, it)
    chosen, other = (yes, no) if decided else (no, yes)
    if isinstance(chosen, EvaluationError):
        raise chosen
    secret = condition.marks.sensitive
    if not isinstance(other, EvaluationError):
        secret = secret or other.marks.sensitive
        chosen = _like(chosen, other)
    return marked(chosen, Marks(sensitive=True)) if secret and not chosen.marks.sensitive else chosen


def _branch(expression: Expression, scope: Scope) -> Typed | EvaluationError:
    try:
        return evaluate(expression, scope)
    except EvaluationError as error:
        return error


def _like(chosen: Typed, other: Typed) -> Typed:
    """`chosen` in the type that both branches have in common."""
    if other.data is None and other.type in (None, DYNAMIC):
        return chosen
    if chosen.data is None and chosen.type in (None, DYNAMIC):
        return Typed(None, type_of(other), chosen.place, chosen.marks)
    if type(chosen.data) is type(other.data) and type(chosen.data) in (str, int, bool):
        return chosen
    if any(isinstance(branch.data, Unknown) and branch.type in (None, DYNAMIC) for branch in (chosen, other)):
        return chosen
    common = unify([type_of(chosen), type_of(other)])
    if common is None:
        raise EvaluationError("inconsistent conditional result types: the two results cannot be converted to one type")
    return convert_branch(chosen, common, type_of(other))


def _undecided(condition: Typed, yes: Typed | EvaluationError, no: Typed | EvaluationError, it: Conditional) -> Typed:
    """Either of two: unknown, but what both have in common stays known."""
    found = [branch for branch in (yes, no) if isinstance(branch, Typed)]
    refs = tuple(ref for branch in found for ref in branch.marks.refs)
    secret = condition.marks.sensitive or any(branch.marks.sensitive for branch in found)
    assert isinstance(condition.data, Unknown) or found
    reason = convert(condition, BOOL).data
    assert isinstance(reason, Unknown)
    nullable = any(b.data is None or (isinstance(b.data, Unknown) and b.data.nullable) for b in found)
    types = [type_of(b) for b in found if b.data is not None or b.type is not None]
    common = unify(types)
    if common is None and len(types) == 2:
        raise EvaluationError("inconsistent conditional result types: the two results cannot be converted to one type")
    if len(found) < 2 or any(isinstance(b.data, Unknown) and b.type in (None, DYNAMIC) for b in found):
        common = None
    return Typed(Unknown(reason.reason, nullable), common, it, Marks(tuple(dict.fromkeys(refs)), secret))


def _tuple(it: TupleOf, scope: Scope) -> Typed:
    return Typed([evaluate(item, scope) for item in it.items], None, it)


def _object(it: ObjectOf, scope: Scope) -> Typed:
    table: dict[str, Any] = {}
    undecided: Typed | None = None
    for key_expression, value_expression in it.items:
        key = evaluate(key_expression, scope)
        value = evaluate(value_expression, scope)
        if isinstance(key.data, Unknown):
            undecided = key
            continue
        if key.data is None:
            raise EvaluationError("can't use a null value as a key", key_expression)
        table[_key_text(key)] = value
    if undecided is not None:
        return unknown(undecided, None, it, nullable=False)
    return Typed(dict(sorted(table.items())) if len(table) > 1 else table, None, it)


def _key_text(key: Typed) -> str:
    if isinstance(key.data, str):
        return str(key.data)
    if not isinstance(key.data, (bool, int)) and isinstance(key.data, (list, dict)):
        raise EvaluationError("can't use this value as a key: it must be text")
    return str(convert(key, STRING).data)


def _for(it: For, scope: Scope) -> Typed:
    collection = evaluate(it.collection, scope)
    if isinstance(collection.data, Unknown):
        return unknown(collection, None, it, nullable=False)
    kept: list[tuple[Typed | None, Typed]] = []
    undecided: Typed | None = None
    secret = collection.marks.sensitive
    items = elements(collection)
    if not items and it.condition is not None:
        # Terraform tries the condition first with an unknown item, so a mistake in it shows over nothing too.
        item = Typed(Unknown("there is no item"), None, it)
        convert(evaluate(it.condition, scope.child({it.value_name: item, **({it.key_name: item} if it.key_name else {})})), BOOL)
    for key, value in items:
        bound = {it.value_name: value} if it.key_name is None else {it.key_name: key, it.value_name: value}
        inner = scope.child(bound)
        if it.condition is not None:
            condition = evaluate(it.condition, inner)
            if condition.data is None:
                raise EvaluationError("the condition value is null; conditions must either be true or false", it.condition)
            condition = convert(condition, BOOL)
            secret = secret or condition.marks.sensitive
            if isinstance(condition.data, Unknown):
                undecided = condition
                continue
            if not condition.data:
                continue
        name = evaluate(it.key, inner) if it.key is not None else None
        secret = secret or (name is not None and name.marks.sensitive)
        kept.append((name, evaluate(it.value, inner)))
    marks = Marks(sensitive=True) if secret else UNMARKED
    if undecided is not None:
        return unknown(undecided, None, it, nullable=False)
    if it.key is None:
        return Typed([value for _, value in kept], None, it, marks)
    return _for_object(it, kept, marks)


def _for_object(it: For, kept: list[tuple[Typed | None, Typed]], marks: Marks) -> Typed:
    groups: dict[str, list[Any]] = {}
    for key, value in kept:
        assert key is not None
        if isinstance(key.data, Unknown):
            return unknown(key, None, it, nullable=False)
        if key.data is None:
            raise EvaluationError("can't use a null value as a key", it.key)
        name = _key_text(key)
        if name in groups and not it.group:
            raise EvaluationError(f"two different items produced the key {name!r} in this for expression", it.key)
        groups.setdefault(name, []).append(value)
    if it.group:
        return Typed({name: Typed(values, None, it) for name, values in sorted(groups.items())}, None, it, marks)
    return Typed({name: values[0] for name, values in sorted(groups.items())}, None, it, marks)


def elements(collection: Typed) -> list[tuple[Typed, Typed]]:
    """(key, value) of everything in a known collection, in Terraform's order."""
    data: Any = collection.data
    marks = collection.marks
    if data is None:
        raise EvaluationError("a null value cannot be used as the collection in a 'for' expression")
    if isinstance(data, dict):
        items = data.items() if len(data) < 2 else sorted(data.items())
        return [(Typed(key, None, value.place), _inherit(value, marks)) for key, value in items]
    if isinstance(data, list):
        if isinstance(collection.type, SetType):
            return [(_inherit(value, marks), _inherit(value, marks)) for value in data]
        return [(Typed(index, None, value.place), _inherit(value, marks)) for index, value in enumerate(data)]
    raise EvaluationError("only a list, set, tuple, map or object can be iterated over")


# -- templates


def _template(it: Template, scope: Scope) -> Typed:
    if it.wrap:
        return evaluate(it.parts[0], scope)  # type: ignore[arg-type]
    return _join(it.parts, scope, it)


def _join(parts: Iterable[str | Expression], scope: Scope, it: Expression) -> Typed:
    pieces: list[str | Typed] = []
    marks = UNMARKED
    first: Typed | None = None
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            continue
        value = evaluate(part, scope)
        if value.marks is not UNMARKED:
            marks = value.marks if marks is UNMARKED else marks | value.marks
        data = value.data
        if isinstance(data, Unknown):
            first = value if first is None else first
            pieces.append(value)
        elif data is None:
            raise EvaluationError("the expression result is null; cannot include a null value in a string template", part)
        else:
            pieces.append(data if isinstance(data, str) else _text(value, part))
    if sum(len(piece) for piece in pieces if isinstance(piece, str)) > MAX_TEXT:
        return Typed(Unknown(f"the text is longer than {MAX_TEXT:,} characters", nullable=False), STRING, it, marks)
    if first is None:
        return Typed("".join(pieces), None, it, marks)  # type: ignore[arg-type]
    known: list[str] = []
    for piece in pieces:
        if not isinstance(piece, str):
            known.append(piece.data.prefix)
            break
        known.append(piece)
    made = Unknown(first.data.reason, nullable=False, prefix="".join(known), tree=partial_tree(pieces, it), parts=parts_of(pieces))
    return Typed(made, STRING, it, marks)


def _text(value: Typed, part: Expression) -> str:
    if isinstance(value.data, (list, dict)):
        raise EvaluationError("cannot include the given value in a string template: string required", part)
    return str(convert(value, STRING).data)


def _template_if(it: TemplateIf, scope: Scope) -> Typed:
    condition = evaluate(it.condition, scope)
    if condition.data is None:
        raise EvaluationError("the condition value is null; conditions must either be true or false", it.condition)
    decided = convert(condition, BOOL)
    if isinstance(decided.data, Unknown):
        return unknown(decided, STRING, it, nullable=False)
    made = _join((it.yes if decided.data else it.no).parts, scope, it)
    return marked(made, Marks(sensitive=True)) if decided.marks.sensitive else made


def _template_for(it: TemplateFor, scope: Scope) -> Typed:
    collection = evaluate(it.collection, scope)
    if isinstance(collection.data, Unknown):
        return unknown(collection, STRING, it, nullable=False)
    texts: list[str] = []
    marks = UNMARKED
    for key, value in elements(collection):
        bound = {it.value_name: value} if it.key_name is None else {it.key_name: key, it.value_name: value}
        part = _join(it.body.parts, scope.child(bound), it)
        marks = marks if part.marks is UNMARKED else marks | part.marks
        if isinstance(part.data, Unknown):
            return Typed(Unknown(part.data.reason, False, prefix="".join(texts) + part.data.prefix), STRING, it, marks)
        texts.append(str(part.data))
    return Typed("".join(texts), None, it, marks)


# -- calls


def _call(it: Call, scope: Scope) -> Typed:
    special = _SPECIAL.get(it.name)
    if special is not None and not it.expand:
        return special(it, scope)
    if "::" in it.name and not it.name.startswith("core::"):
        return Typed(Unknown(f"{it.name} is a provider's function"), None, it)
    function = FUNCTIONS.get(it.name.removeprefix("core::"))
    if function is None:
        raise EvaluationError(f"there is no function named {it.name!r}")
    arguments = [evaluate(argument, scope) for argument in it.arguments]
    if it.expand:
        last = arguments.pop()
        if isinstance(last.data, Unknown):
            return unknown(last, None, it)
        if not isinstance(last.data, list):
            raise EvaluationError("the expanded final argument must be a list, set or tuple", it.arguments[-1])
        arguments += [_inherit(item, last.marks) for item in last.data]
    return function.call(arguments, scope.context, it)


def _try(it: Call, scope: Scope) -> Typed:
    if not it.arguments:
        raise EvaluationError("at least one argument is required")
    for argument in it.arguments:
        try:
            value = evaluate(argument, scope)
        except EvaluationError:
            continue
        return unknown(value, None, value.place) if isinstance(value.data, Unknown) and value.type is not None else value
    raise EvaluationError("no expression succeeded: all attempts failed")


def _can(it: Call, scope: Scope) -> Typed:
    if len(it.arguments) != 1:
        raise EvaluationError("can takes exactly one argument")
    try:
        value = evaluate(it.arguments[0], scope)
    except EvaluationError:
        return Typed(False, None, it)
    return unknown(value, BOOL, it, nullable=False) if isinstance(value.data, Unknown) else Typed(True, None, it)


def _template_file(it: Call, scope: Scope) -> Typed:
    from auditor.loaders.terraform.templates import render_file

    if len(it.arguments) != 2:
        raise EvaluationError("templatefile takes a path and the variables")
    return render_file(evaluate(it.arguments[0], scope), evaluate(it.arguments[1], scope), scope, it)


def _template_string(it: Call, scope: Scope) -> Typed:
    from auditor.loaders.terraform.templates import render_string

    if len(it.arguments) != 2:
        raise EvaluationError("templatestring takes a template and the variables")
    return render_string(evaluate(it.arguments[0], scope), evaluate(it.arguments[1], scope), scope, it)


_SPECIAL: dict[str, Callable[[Call, Scope], Typed]] = {
    "try": _try,
    "can": _can,
    "templatefile": _template_file,
    "templatestring": _template_string,
}

_EVALUATORS: dict[type, Callable[[Any, Scope], Typed]] = {
    Literal: _literal,
    Broken: _broken,
    Reference: _reference,
    GetAttr: _get_attr,
    Index: _index,
    Item: _item,
    Splat: _splat,
    Unary: _unary,
    Binary: _binary,
    Parentheses: _parentheses,
    Conditional: _conditional,
    TupleOf: _tuple,
    ObjectOf: _object,
    For: _for,
    Template: _template,
    TemplateIf: _template_if,
    TemplateFor: _template_for,
    Call: _call,
}
