"""How a function is called: what it takes, what it gives, and what it makes of unknowns and marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from auditor.loaders.terraform.values.convert import convert
from auditor.loaders.terraform.values.types import DYNAMIC, EvaluationError, ListType, SetType, Type, Typed, deep_marks, type_of
from auditor.model.value import UNMARKED, Marks, Place, Unknown

MAX_TEXT = 4_000_000
"""A text that grows longer than this is not kept: it would be of no use to anybody, and doubling it a few times fills the memory."""
MAX_ITEMS = 50_000
"""Nor is a collection with more elements than this."""


class OutsideRepository(Exception):
    """A path leads out of the repository, or to a file that is not read; the message is the path."""


@dataclass(frozen=True, slots=True)
class CallContext:
    """What functions may read of the world.

    `root_dir` is the folder that terraform would run in. Paths of `read_file` and `list_files` are relative to it; `read_file`
    raises `EvaluationError` for a missing file, both raise `OutsideRepository`. `list_files(folder)` gives the files below a
    folder, relative to it, with forward slashes.
    """

    root_dir: str
    read_file: Callable[[str], bytes]
    list_files: Callable[[str], Iterable[str]]

    def read_text(self, path: str) -> str | Unknown:
        """The text of a file; unknown when it may not be read here. Raises `EvaluationError` when it is missing or not UTF-8."""
        data = self.read_bytes(path)
        if isinstance(data, Unknown):
            return data
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise EvaluationError(
                f"contents of {path} are not valid UTF-8; use the filebase64 function to obtain the Base64 encoded contents"
            ) from None

    def read_bytes(self, path: str) -> bytes | Unknown:
        """The bytes of a file; unknown when it may not be read here. Raises `EvaluationError` when it is missing."""
        if path.startswith("~"):
            return Unknown(f"{path} lies in somebody's home directory", nullable=False)
        try:
            return self.read_file(path)
        except OutsideRepository:
            return outside(path)


def outside(path: str) -> Unknown:
    """Unknown, because the path cannot be read here."""
    return Unknown(f"{path} lies outside the repository, or cannot be read", nullable=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a function takes at one position.

    `null`, `unknown`, `dynamic`: the function itself deals with nulls, unknowns, and values of unknown type. `marked`: it deals
    with marks itself; otherwise all marks in the argument go to the result.
    """

    name: str
    type: Type = DYNAMIC
    null: bool = False
    unknown: bool = False
    dynamic: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call, its arguments checked and converted."""

    arguments: list[Typed]
    result: Type
    context: CallContext
    place: Place

    def value(self, data: Any, type_: Type | None = None, marks: Marks = UNMARKED) -> Typed:
        """A result that was made here; text is brought into the composed form that terraform keeps."""
        if isinstance(data, str) and not data.isascii():
            from unicodedata import normalize

            data = normalize("NFC", data)
        return Typed(data, type_, self.place, marks)

    def unknown(self, because: Typed | Unknown, marks: Marks = UNMARKED, **known: Any) -> Typed:
        """A result that is unknown for the reason that a part of the arguments is."""
        reason = because if isinstance(because, Unknown) else because.data
        assert isinstance(reason, Unknown)
        return self.value(Unknown(reason.reason, nullable=False, **known), self.result, marks)

    def strings(self, texts: Iterable[str], marks: Marks = UNMARKED) -> Typed:
        """A list of texts."""
        from auditor.loaders.terraform.values.types import STRING

        return self.value([self.value(text) for text in texts], ListType(STRING), marks)


Body: TypeAlias = "Callable[[Call], Typed]"
ResultType: TypeAlias = "Type | Callable[[list[Typed]], Type]"


class ArgumentError(EvaluationError):
    """What is wrong with one argument; `index` counts from 0."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


@dataclass(frozen=True, slots=True)
class Function:
    """A built-in function. `nullable`: its result may be null, also when it is unknown."""

    name: str
    parameters: tuple[Parameter, ...]
    variadic: Parameter | None
    result: ResultType
    body: Body
    nullable: bool = False

    def call(self, arguments: Sequence[Typed], context: CallContext, place: Place) -> Typed:
        """The result for these arguments; raises `EvaluationError`."""
        self._check_count(len(arguments))
        pairs = [(self._parameter(index), argument) for index, argument in enumerate(arguments)]
        values = [self._converted(parameter, argument) for parameter, argument in pairs]
        try:
            return self._call(values, context, place)
        except ArgumentError as error:
            name = self._parameter(min(error.index, len(arguments) - 1)).name if arguments else ""
            raise EvaluationError(f'Invalid value for "{name}" parameter: {error.message}.') from None
        except EvaluationError as error:
            raise EvaluationError(f'Call to function "{self.name}" failed: {error.message}.', error.place) from None

    def _call(self, values: list[Typed], context: CallContext, place: Place) -> Typed:
        parameters = [self._parameter(index) for index in range(len(values))]
        for index, (parameter, value) in enumerate(zip(parameters, values, strict=True)):
            if value.data is None and not parameter.null:
                raise ArgumentError(index, "argument must not be null")
        untyped = [v for p, v in zip(parameters, values, strict=True) if not p.dynamic and _untyped(v)]
        result = DYNAMIC if untyped else self.result if not callable(self.result) else self.result(values)
        marks = deep_marks(value for parameter, value in zip(parameters, values, strict=True) if not parameter.marked)
        for parameter, value in zip(parameters, values, strict=True):
            if value in untyped or (isinstance(value.data, Unknown) and not parameter.unknown):
                reason = (
                    value.data.reason if isinstance(value.data, Unknown) else "terraform does not compute it from a null without a type"
                )
                return Typed(Unknown(reason, self.nullable or result == DYNAMIC), result, place, deep_marks(values))
        made = _bounded(self.body(Call(values, result, context, place)), place)
        if marks is UNMARKED or marks == made.marks:
            return made
        return Typed(made.data, made.type, made.place, marks if made.marks is UNMARKED else made.marks | marks)

    def _parameter(self, index: int) -> Parameter:
        if index < len(self.parameters):
            return self.parameters[index]
        assert self.variadic is not None
        return self.variadic

    def _check_count(self, given: int) -> None:
        wanted = len(self.parameters)
        if given < wanted:
            least = " at least" if self.variadic else ""
            missing = self.parameters[given].name
            raise EvaluationError(f'Function "{self.name}" expects{least} {wanted} argument(s). Missing value for "{missing}".')
        if given > wanted and self.variadic is None:
            raise EvaluationError(f'Function "{self.name}" expects only {wanted} argument(s).')

    def _converted(self, parameter: Parameter, argument: Typed) -> Typed:
        if parameter.type is DYNAMIC:
            return argument
        try:
            return convert(argument, parameter.type)
        except EvaluationError as error:
            raise EvaluationError(f'Invalid value for "{parameter.name}" parameter: {error.message}.') from None


def _bounded(value: Typed, place: Place) -> Typed:
    """The value, or an unknown when it has grown beyond any use."""
    size = len(value.data) if isinstance(value.data, (str, list, dict)) else 0
    if size > (MAX_TEXT if isinstance(value.data, str) else MAX_ITEMS):
        return Typed(Unknown(f"it is too large to be kept: {size:,} parts", nullable=False), None, place, value.marks)
    return value


def _untyped(value: Typed) -> bool:
    return value.type in (None, DYNAMIC) and (isinstance(value.data, Unknown) or value.data is None)


@dataclass(frozen=True, slots=True)
class Family:
    """The functions of one module, by name."""

    functions: dict[str, Function] = field(default_factory=dict)

    def add(
        self, name: str, *parameters: Parameter, result: ResultType, rest: Parameter | None = None, nullable: bool = False
    ) -> Callable[[Body], Body]:
        """Registers a function of calls."""

        def register(body: Body) -> Body:
            self.functions[name] = Function(name, parameters, rest, result, body, nullable)
            return body

        return register

    def scalar(
        self, name: str, *parameters: Parameter, result: Type, rest: Parameter | None = None
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Registers a function of plain data: text, numbers and bools in, one of them out (or an `Unknown`)."""

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            def body(call: Call) -> Typed:
                data = function(*(argument.data for argument in call.arguments))
                return call.value(data, result if isinstance(data, Unknown) else None)

            self.functions[name] = Function(name, parameters, rest, result, body)
            return function

        return register


def whole_number(value: Typed, index: int | None = None, *, bits: int = 64, prefix: str = "") -> int:
    """A number argument as an int of so many bits (0: any); `index` is the argument's, None to blame the whole call."""
    from auditor.loaders.terraform.values.number import whole

    number = whole(value.data)
    limit = 1 << (bits - 1 if bits else 63)
    if number is None or (bits and not -limit <= number < limit):
        message = f"{prefix}value must be a whole number, between {-limit} and {limit - 1} inclusive"
        raise EvaluationError(message) if index is None else ArgumentError(index, message)
    return number


def is_sequence(value: Typed) -> bool:
    """Whether this is a list, set or tuple, also an unknown one."""
    from auditor.loaders.terraform.values.types import TupleType

    return isinstance(type_of(value), (ListType, SetType, TupleType)) if value.data is not None else False
