"""What the real `terraform console` makes of expressions, and what we make of them, in one form."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.loaders.files import Files
from auditor.loaders.terraform.context import make_context
from auditor.loaders.terraform.evaluate import Scope, evaluate, walk
from auditor.loaders.terraform.language.parse import parse_expression
from auditor.loaders.terraform.language.tree import Reference, Source
from auditor.loaders.terraform.values.json_value import to_json
from auditor.loaders.terraform.values.number_text import number_text
from auditor.loaders.terraform.values.types import (
    DYNAMIC,
    EvaluationError,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
    Typed,
    first_unknown,
    type_of,
)
from auditor.model.value import Unknown
from tests.differential.terraform_binary import environment

UNKNOWNS: dict[str, tuple[str, Type]] = {}
"""Variables without a value: their names, how their types are written, and the types."""


def _unknowns() -> None:
    from auditor.loaders.terraform.values.types import BOOL, NUMBER, STRING

    found: list[tuple[str, str, Type]] = [
        ("text", "string", STRING),
        ("number", "number", NUMBER),
        ("flag", "bool", BOOL),
        ("anything", "any", DYNAMIC),
        ("texts", "list(string)", ListType(STRING)),
        ("names", "set(string)", SetType(STRING)),
        ("table", "map(string)", MapType(STRING)),
        ("object", "object({ a = string, b = number })", ObjectType({"a": STRING, "b": NUMBER})),
        ("tuple", "tuple([string, number])", TupleType((STRING, NUMBER))),
    ]
    UNKNOWNS.update({name: (text, type_) for name, text, type_ in found})


_unknowns()

FILES = {
    "hello.txt": "hello\n",
    "data.json": '{"a": [1, 2], "b": "x"}',
    "text/a.txt": "a",
    "text/b.md": "b",
    "text/deep/c.txt": "c",
    "text/.hidden.txt": "h",
    "greeting.tftpl": "Hello, ${name}!\n%{ for x in list ~}\n- ${x}\n%{ endfor ~}\n",
    "main.tf": "".join(f'variable "{name}" {{\n  type = {text}\n}}\n' for name, (text, _) in UNKNOWNS.items()),
}


@dataclass(frozen=True)
class Answer:
    """What came out: `error`, or `value` (JSON, or the text of what JSON cannot say), `type` and whether it is sensitive."""

    error: str = ""
    value: str = ""
    type: str = ""
    sensitive: bool = False

    @property
    def shown(self) -> tuple[str, str, bool] | str:
        """What must agree: everything but the words of an error."""
        return "error" if self.error else (self.value, self.type, self.sensitive)


class Console:
    """The real terraform in a folder of its own, which holds `FILES`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)

    def run(self, line: str) -> str:
        """The answer to one line, which must not be an error as a whole."""
        done = subprocess.run(
            ["terraform", "console", "-no-color"],
            input=line + "\n",
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=environment(self.folder),
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answers(self, expressions: Sequence[str]) -> list[Answer]:
        """The answers to many expressions, some hundred at a time; none may be wrong in its syntax, or have unknown parts."""
        return [answer for part in _chunks(expressions) for answer in self._answers(part)]

    def _answers(self, expressions: Sequence[str]) -> list[Answer]:
        possible = split_items(self.run(f"nonsensitive([{', '.join(f'nonsensitive(can({e}))' for e in expressions)}])"))
        good = [expression for expression, can in zip(expressions, possible, strict=True) if can == "true"]
        each = ", ".join(f'[try(nonsensitive(jsonencode({e})), nonsensitive(tostring({e})), "?"), issensitive({e})]' for e in good)
        values = iter(json.loads(base64.b64decode(self.run(f"nonsensitive(base64encode(jsonencode([{each}])))"))))
        some = [expression for expression, can in zip(expressions, possible, strict=True) if can != "false"]
        types = iter(read_types(self.run(f"type([{', '.join(some)}])")))
        found: list[Answer] = []
        for can in possible:
            if can == "false":
                found.append(Answer("error"))
            else:
                value, secret = next(values) if can == "true" else ("unknown", False)
                found.append(Answer("", value, next(types), secret))
        return found

    def shapes(self, expressions: Sequence[str]) -> list[Answer]:
        """The answers to expressions with unknown parts: the value is as the console prints it, on one line."""
        types = read_types(self.run(f"type([{', '.join(expressions)}])"))
        printed = split_items(self.run(f"[{', '.join(expressions)}]"))
        return [Answer("", value, type_) for value, type_ in zip(printed, types, strict=True)]


def _chunks(expressions: Sequence[str]) -> Iterator[list[str]]:
    """Parts that fit on a line of 64 KiB, where each expression stands three times."""
    part: list[str] = []
    size = 0
    for expression in expressions:
        needed = 3 * len(expression.encode()) + 80
        if size + needed > 60_000:
            yield part
            part, size = [], 0
        part.append(expression)
        size += needed
    if part:
        yield part


_TOKEN = re.compile(r"[][(){},:]|[^][(){},:\s]+")


_NAME = re.compile(r"(?m)^( +)(\S.*?|): (?=(?:string|number|bool|dynamic|list|set|map|tuple|object)\b)")


def _one_word(name: str) -> str:
    return re.sub(r"[][(){},:\s]", "_", name) or "_"


def read_types(text: str) -> list[str]:
    """The types of the items of a tuple type, each on one line."""
    tokens = _TOKEN.findall(_NAME.sub(lambda found: f"{found[1]}{_one_word(found[2])}: ", text))
    assert tokens[:3] == ["tuple", "(", "["], text
    position = 3
    found: list[str] = []
    while tokens[position] != "]":
        shown, position = _type(tokens, position)
        found.append(shown)
        position += tokens[position] == ","
    return found


def _type(tokens: list[str], position: int) -> tuple[str, int]:
    word = tokens[position]
    if tokens[position + 1 : position + 2] != ["("]:
        return word, position + 1
    parts: list[str] = []
    opened = tokens[position + 2]
    position += 3 if opened in "[{" else 2
    while tokens[position] not in ("]", "}", ")"):
        name = ""
        if tokens[position + 1] == ":":
            name, position = f"{tokens[position]}=", position + 2
        shown, position = _type(tokens, position)
        parts.append(name + shown)
        position += tokens[position] == ","
    closed = position + (2 if opened in "[{" else 1)
    inside = ",".join(parts)
    return f"{word}({f'[{inside}]' if opened == '[' else f'{{{inside}}}' if opened == '{' else inside})", closed


def split_items(text: str) -> list[str]:
    """The items of a printed tuple, each on one line."""
    found: list[str] = []
    for line in text.rstrip().split("\n")[1:-1]:
        if re.match(r"  [^ \]})]", line):
            found.append(line.strip())
        else:
            found[-1] += " " + line.strip()
    return [re.sub(r",?( [\]})])", r"\1", item.rstrip(",")).replace("( ", "(") for item in found]


def show(type_: Type) -> str:
    """A type as the console prints it, on one line."""
    match type_:
        case ListType(element=element) | SetType(element=element) | MapType(element=element):
            return f"{str(type_).partition('(')[0]}({show(element)})"
        case TupleType(elements=elements):
            return f"tuple([{','.join(map(show, elements))}])"
        case ObjectType():
            return f"object({{{','.join(f'{_one_word(name)}={show(inner)}' for name, inner in type_.attributes.items())}}})"
        case _:
            pass
    return "dynamic" if type_ == DYNAMIC else str(type_)


def ours(expression: str, folder: Path) -> Typed:
    """Our value of an expression; raises `EvaluationError`."""
    parsed, problems = parse_expression(Source("console", expression))
    if problems:
        raise EvaluationError(problems[0].message)
    return evaluate(parsed, Scope(_resolve, make_context(Files(folder), "")))


def _resolve(reference: Reference, _: Scope) -> Typed:
    if reference.name == "var" and reference.steps and reference.steps[0] in UNKNOWNS:
        type_ = UNKNOWNS[str(reference.steps[0])][1]
        return walk(Typed(Unknown("it has no value"), None if type_ == DYNAMIC else type_, reference), reference.steps[1:])
    raise EvaluationError(f"there is no {reference.name}")


def our_answer(expression: str, folder: Path) -> Answer:
    """Our answer in the form of the console's."""
    try:
        value = ours(expression, folder)
    except EvaluationError as error:
        return Answer(str(error))
    if first_unknown(value) is not None:
        return Answer("", "unknown", show(type_of(value)))
    try:
        text = to_json(value)
    except EvaluationError:
        text = number_text(value.data) if isinstance(value.data, float) else "?"
    return Answer("", text, show(type_of(value)), value.marks.sensitive)


def our_shape(expression: str, folder: Path) -> Answer:
    """Our answer to an expression with unknown parts, in the form of `Console.shapes`."""
    try:
        value = ours(expression, folder)
    except EvaluationError as error:
        return Answer(str(error))
    return Answer("", "".join(_printed(value)), show(type_of(value)))


def _printed(value: Typed) -> Iterator[str]:
    data = value.data
    if isinstance(data, Unknown):
        yield "(known after apply)"
    elif data is None:
        yield "null" if value.type is None else f"to{show(value.type).partition('(')[0]}(null)"
    elif isinstance(data, (list, dict)):
        kind = f"to{str(value.type).partition('(')[0]}" if value.type is not None else ""
        opened, closed = ("[", "]") if isinstance(data, list) else ("{", "}")
        parts = (
            [f"{json.dumps(k)} = {''.join(_printed(data[k]))}" for k in data]
            if isinstance(data, dict)
            else ["".join(map("".join, [_printed(i)])) for i in data]
        )
        inner = (", " if isinstance(data, list) else " ").join(parts)
        text = f"{opened} {inner} {closed}" if parts else opened + closed
        yield f"{kind}({text})" if kind else text
    else:
        yield to_json(value)
