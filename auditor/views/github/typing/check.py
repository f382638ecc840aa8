"""The type of an expression, and what is wrong with it where contexts have known types."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.views.github.expression.evaluate import constant
from auditor.views.github.expression.functions import FUNCTIONS, placeholders
from auditor.views.github.expression.number import number_of
from auditor.views.github.expression.tree import Access, Call, Compare, Every, Literal, Logic, Named, Not, Tree, path_of
from auditor.views.github.expression.value import from_json
from auditor.views.github.names import nearest, one_of
from auditor.views.github.typing.availability import CONTEXTS, SPECIAL, Allowed, keys_with
from auditor.views.github.typing.types import (
    ANY,
    BOOL,
    NULL,
    NUMBER,
    STRING,
    ListOf,
    Object,
    Plain,
    Type,
    is_composite,
    text_of,
    type_of_data,
    union,
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """A fault in an expression: `code` its kind, `path` the names that lead to it, the characters `start` to `end` of its text."""

    code: str
    message: str
    start: int
    end: int
    path: tuple[str, ...] = ()
    expected: str = ""


def check(tree: Tree, types: Mapping[str, Type], allowed: Allowed) -> tuple[Type, list[Complaint]]:
    """(type of the expression, its faults). `types`: what each context holds here."""
    checker = _Checker(types, allowed)
    return checker.type(tree), checker.complaints


class _Checker:
    def __init__(self, types: Mapping[str, Type], allowed: Allowed) -> None:
        self.types = types
        self.allowed = allowed
        self.complaints: list[Complaint] = []

    def complain(self, code: str, tree: Tree, message: str, *, at: Tree | None = None, expected: str = "") -> None:
        """`at`: the part that is wrong, when it is not the whole tree."""
        where = tree if at is None else at
        self.complaints.append(Complaint(code, message, where.start, where.end, path_of(tree), expected))

    def type(self, tree: Tree) -> Type:
        match tree:
            case Literal(value=value):
                return type_of_data(value)
            case Named():
                return self.named(tree)
            case Access():
                return self.access(tree)
            case Every():
                return self.every(tree)
            case Call():
                return self.call(tree)
            case Not(operand=operand):
                self.type(operand)
                return BOOL
            case Compare():
                self.compare(tree)
                return BOOL
            case Logic(operator="&&", operands=operands):
                return [self.type(operand) for operand in operands][-1]
            case Logic(operands=operands):
                return union([self.type(operand) for operand in operands])

    # -- contexts

    def named(self, tree: Named) -> Type:
        name = tree.name.lower()
        if name not in CONTEXTS:
            self.complain("unknown-context", tree, f"there is no context {tree.name!r}{nearest(tree.name, CONTEXTS)}")
            return ANY
        if name not in self.allowed.contexts:
            known = ", ".join(sorted(self.allowed.contexts))
            self.complain("unavailable-context", tree, f"the context {name!r} is not known here", expected=known or "no expression")
            return ANY
        return self.types.get(name, ANY)

    def access(self, tree: Access) -> Type:
        target = self.type(tree.target)
        if isinstance(tree.index, Literal) and isinstance(tree.index.value, str):
            return self.member(tree, target, tree.index.value)
        index = self.type(tree.index)
        match target:
            case ListOf(item=item):
                if isinstance(index, Plain) and index not in (ANY, NUMBER):
                    self.complain("index", tree, f"an item of a list has a number, not a {text_of(index)}", at=tree.index)
                return item
            case Object(entries=entries, others=others):
                if is_composite(index) or index in (BOOL, NULL, NUMBER):
                    message = f"an entry of an object has a name, not a {text_of(index)}"
                    self.complain("index", tree, message, at=tree.index)
                return others if others is not None and not entries else ANY
            case Plain() if target not in (ANY, NULL):
                self.complain("not-an-object", tree, f"a {text_of(target)} has no entries", at=tree.index)
        return ANY

    def member(self, tree: Access, target: Type, name: str) -> Type:
        match target:
            case Object(entries=entries, others=others):
                if name.lower() in entries:
                    return entries[name.lower()]
                if others is None:
                    holder = ".".join(path_of(tree.target)) or "it"
                    message = f"{holder} has no {name!r}{nearest(name, entries)}" if entries else f"{holder} holds nothing here"
                    self.complain("undefined", tree, message, expected=one_of(entries))
                    return ANY
                return others
            case ListOf(item=item, filtered=True):
                return ListOf(self.inside(item, name), filtered=True)
            case ListOf():
                self.complain("index", tree, f"an item of a list has a number, not the name {name!r}", at=tree.index)
            case Plain() if target not in (ANY, NULL):
                message = f"{'.'.join(path_of(tree.target)) or 'it'} is a {text_of(target)} and has no {name!r}"
                self.complain("not-an-object", tree, message)
        return ANY

    def inside(self, item: Type, name: str) -> Type:
        """The type of the entry `name` of those items that have one."""
        if isinstance(item, Object):
            return item.entries.get(name.lower(), item.others or ANY)
        return ANY

    def every(self, tree: Every) -> Type:
        target = self.type(tree.target)
        match target:
            case ListOf(item=item, filtered=True):
                return ListOf(item.item if isinstance(item, ListOf) else _values(item), filtered=True)
            case ListOf(item=item):
                return ListOf(item, filtered=True)
            case Object():
                return ListOf(_values(target), filtered=True)
            case Plain() if target not in (ANY, NULL):
                self.complain("not-an-object", tree, f"a {text_of(target)} has no entries that * could take")
        return ListOf(ANY, filtered=True)

    # -- operators

    def compare(self, tree: Compare) -> None:
        left, right = self.type(tree.left), self.type(tree.right)
        if ANY in (left, right):
            return
        self.truth_and_text(tree, tree.left, left, tree.right)
        self.truth_and_text(tree, tree.right, right, tree.left)
        if tree.operator in ("==", "!="):
            fine = _comparable(left, right)
        else:
            fine = left in (NUMBER, STRING) and right in (NUMBER, STRING)
        if not fine:
            message = f"comparing a value of type {text_of(left)} with one of type {text_of(right)} by {tree.operator} never says anything"
            self.complain("comparison", tree, message)

    def truth_and_text(self, whole: Compare, tree: Tree, kind: Type, other: Tree) -> None:
        """Both sides become numbers: a truth value 0 or 1, and a text such as 'true' none, which equals nothing."""
        if isinstance(tree, Literal) or not isinstance(other, Literal) or whole.operator not in ("==", "!="):
            return
        shown = ".".join(path_of(tree)) or "the value"
        if kind == BOOL and isinstance(other.value, str) and math.isnan(number_of(other.value)):
            message = f"{shown} is true or false, and never equals the text {other.value!r}"
            self.complain("truth-and-text", whole, message, expected=f"{shown} alone, or compared with true")
        elif kind == STRING and isinstance(other.value, bool):
            word = str(other.value).lower()
            message = f"{shown} is a text, and the text '{word}' does not equal {word}"
            self.complain("truth-and-text", whole, message, expected=f"'{word}' in quotes")

    # -- functions

    def call(self, tree: Call) -> Type:
        name = tree.name.lower()
        arguments = [self.type(argument) for argument in tree.arguments]
        function = FUNCTIONS.get(name)
        place = Literal(None, tree.start, tree.name_end)
        if function is None:
            known = [it.name for it in FUNCTIONS.values()]
            self.complain("unknown-function", place, f"there is no function {tree.name!r}{nearest(tree.name, known)}")
            return ANY
        if name in SPECIAL and name not in self.allowed.functions:
            self.complain("unavailable-function", place, f"{function.name}() cannot be called here", expected=", ".join(keys_with(name)))
        number = len(arguments)
        if number < function.least or (function.most is not None and number > function.most):
            bounds = f"{function.least}" if function.least == function.most else f"at least {function.least}"
            if function.most is not None and number > function.most:
                bounds = f"at most {function.most}"
            self.complain("arguments", tree, f"{function.name}() takes {bounds} arguments, not {number}")
        elif name == "case" and number % 2 == 0:
            self.complain("arguments", tree, "case() takes pairs and one value for all other cases: an odd number of arguments")
        else:
            self.arguments(tree, name, function.name, arguments)
        return self.result(tree, name, arguments)

    def arguments(self, tree: Call, name: str, shown: str, arguments: list[Type]) -> None:
        texts = {"startswith": (0, 1), "endswith": (0, 1), "format": (0,), "fromjson": (0,), "contains": (1,)}.get(name, ())
        if name == "hashfiles":
            texts = tuple(range(len(arguments)))
        for position in texts:
            if is_composite(arguments[position]) and not (name == "contains" and not isinstance(arguments[0], Plain)):
                message = f"{shown}() wants a text here, not a value of type {text_of(arguments[position])}"
                self.complain("argument-type", tree.arguments[position], message)
        if name in ("contains", "join") and isinstance(arguments[0], Object):
            self.complain("argument-type", tree.arguments[0], f"{shown}() looks into a list or a text, not into an object")
        if name == "format":
            self.format(tree)

    def format(self, tree: Call) -> None:
        written = tree.arguments[0]
        if not isinstance(written, Literal) or not isinstance(written.value, str):
            return
        numbers = placeholders(written.value)
        if numbers is None:
            self.complain("format", written, f"the format {written.value!r} has a brace that is neither doubled nor around a number")
            return
        given = len(tree.arguments) - 1
        if numbers and max(numbers) >= given:
            self.complain("format", written, f"the format wants {{{max(numbers)}}}, and there are {given} values")
        for number in range(given):
            if number not in numbers:
                self.complain("format", tree.arguments[number + 1], f"the format does not use the value {{{number}}}")

    def result(self, tree: Call, name: str, arguments: list[Type]) -> Type:
        match name:
            case "format" | "join" | "tojson" | "hashfiles":
                return STRING
            case "fromjson":
                return self.from_json(tree)
            case "case":
                return union([*arguments[1:-1:2], arguments[-1]]) if arguments else ANY
            case _:
                return BOOL

    def from_json(self, tree: Call) -> Type:
        if len(tree.arguments) != 1 or not isinstance(tree.arguments[0], Literal):
            return ANY
        text = constant(tree.arguments[0])
        try:
            return type_of_data(from_json(text)) if isinstance(text, str) else ANY
        except (ValueError, RecursionError) as error:
            self.complain("json", tree.arguments[0], f"the text given to fromJSON() is no JSON: {error}")
            return ANY


def _values(kind: Type) -> Type:
    if not isinstance(kind, Object):
        return ANY
    found = [*kind.entries.values(), *([kind.others] if kind.others is not None else [])]
    return union(found)


def _comparable(left: Type, right: Type) -> bool:
    match left, right:
        case ListOf(item=one), ListOf(item=other):
            return ANY in (one, other) or _comparable(one, other)
        case Object(), Object():
            return True
        case _:
            return NULL in (left, right) or not (is_composite(left) or is_composite(right))
