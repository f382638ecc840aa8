"""Terraform's native syntax: text to syntax tree.

The parser goes on after an error: the broken item is reported, and reading resumes at the next line that is indented no
deeper than the item was, so that one bad line never hides the rest of a file.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NoReturn

from auditor.loaders.terraform.number import parse_number
from auditor.loaders.terraform.syntax import (
    Attribute,
    Binary,
    Block,
    Body,
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
    Source,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    TupleOf,
    Unary,
)
from auditor.loaders.terraform.types import Typed
from auditor.model.diagnostic import Diagnostic

MAX_DEPTH = 100
"""Expressions and blocks nested deeper than this are an error: Python's own stack is finite."""

_TOKEN = re.compile(
    r"""(?:[ \t\r]+|/\*(?s:.*?)\*/|(?:\#|//)[^\n]*)*
    (?:(?P<nl>\n)
    |(?P<id>[^\W\d][\w-]*)
    |"(?P<str>[^"\\$%\n]*)"
    |(?P<num>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |<<(?P<hd>-?[^\W\d][\w-]*)[ \t]*\r?\n
    |(?P<op>==|!=|<=|>=|&&|\|\||=>|\.\.\.|::|\[\*\]|[-+*/%<>!?:=.,(){}\[\]])
    |(?P<quote>")
    |(?P<eof>\Z)
    |(?P<bad>.))""",
    re.X,
)
_QUOTED = re.compile(r'(?P<text>(?:[^"\\$%\n]+|\\.|\$\$\{|%%\{|\$(?!\{)|%(?!\{))+)|(?P<open>[$%]\{~?)|(?P<end>")|(?P<bad>\n|\Z|\\\Z)', re.S)
_PLAIN = re.compile(r"(?P<text>(?:[^$%\n]+|\$\$\{|%%\{|\$(?!\{)|%(?!\{))+\n?|\n)|(?P<open>[$%]\{~?)|(?P<end>\Z)")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))|\$\$\{|%%\{", re.S)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_PRECEDENCE = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
_KEYWORDS = {"true": True, "false": False, "null": None}


class _Failure(Exception):
    """The text cannot be parsed at this offset."""

    def __init__(self, message: str, start: int, end: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = start + 1 if end is None else end


def parse_body(source: Source) -> tuple[Body, list[Diagnostic]]:
    """The attributes and blocks of a file, with every syntax error."""
    parser = _Parser(source)
    body = parser.body(0, top=True)
    return body, parser.diagnostics


def parse_expression(source: Source, start: int = 0, end: int | None = None) -> tuple[Expression, list[Diagnostic]]:
    """The expression that a text (or a range of it) holds."""
    parser = _Parser(source, start, end)
    try:
        parser.lines = False
        parser.advance()
        expression = parser.expression()
        if parser.kind != "eof":
            parser.fail("extra characters after the expression")
    except _Failure as failure:
        diagnostic = parser.report(failure)
        return Broken(source, start, len(source.text) if end is None else end, diagnostic.message), parser.diagnostics
    return expression, parser.diagnostics


def parse_template(source: Source, start: int = 0, end: int | None = None) -> tuple[Expression, list[Diagnostic]]:
    """The template that a text holds (`templatefile`, strings of the JSON syntax)."""
    parser = _Parser(source, start, end)
    stop = len(source.text) if end is None else end
    try:
        parts = parser.template_parts(start, _PLAIN)[0]
        return parser.template(parts, start, stop), parser.diagnostics
    except _Failure as failure:
        diagnostic = parser.report(failure)
        return Broken(source, start, stop, diagnostic.message), parser.diagnostics


class _Parser:
    """Recursive descent over tokens that are cut when they are needed."""

    def __init__(self, source: Source, start: int = 0, end: int | None = None) -> None:
        self.source = source
        self.text = source.text if end is None else source.text[:end]
        self.position = start
        self.diagnostics: list[Diagnostic] = []
        self.lines = True  # whether a newline is a token
        self.depth = 0
        self.kind = ""
        self.token = ""
        self.start = start
        self.end = start
        self.last = start  # the end of the token before

    # -- tokens

    def advance(self) -> None:
        """Read the next token."""
        self.last = self.end
        while True:
            found = _TOKEN.match(self.text, self.position)
            assert found is not None  # `bad` takes any character, `eof` the end
            kind: Any = found.lastgroup
            self.position = self.end = found.end()
            if kind != "nl" or self.lines:
                break
        self.token = token = found[kind]
        self.kind = token if kind == "op" else kind
        self.start = found.start(kind) - (1 if kind == "str" else 2 if kind == "hd" else 0)

    def expect(self, kind: str, what: str) -> None:
        """Take a token of this kind."""
        if self.kind != kind:
            self.fail(what)
        self.advance()

    def fail(self, message: str) -> NoReturn:
        """Give up at the current token."""
        if self.text.startswith("/*", self.start):
            message = "the comment is not closed"
        raise _Failure(message, self.start, max(self.end, self.start + 1))

    def report(self, failure: _Failure) -> Diagnostic:
        """Remember a failure."""
        size = len(self.source.text)
        span = self.source.span(min(failure.start, size), min(failure.end, size))
        found = Diagnostic(span, "hcl-syntax", failure.message, gap=True)
        self.diagnostics.append(found)
        return found

    def enter(self) -> None:
        """Go one level deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"nested deeper than {MAX_DEPTH} levels")

    # -- bodies

    def body(self, opened: int, *, top: bool) -> Body:
        """Attributes and blocks up to the closing brace, or to the end of the file."""
        body = Body({}, [])
        self.lines = True
        self.advance()
        while True:
            if self.kind == "nl":
                self.advance()
            elif self.kind == "eof":
                if not top:
                    line = self.source.position(opened)[0]
                    self.report(_Failure(f"the block opened on line {line} is not closed", opened, opened + 1))
                return body
            elif self.kind == "}" and not top:
                return body
            else:
                self.item(body, self.depth)

    def item(self, body: Body, depth: int) -> None:
        """One attribute or block; after an error, skip to where the next one may start."""
        start = self.start
        try:
            if self.kind != "id":
                self.fail("an attribute name or a block type is expected here")
            name = self.token
            self.advance()
            if self.kind == "=":
                self.attribute(body, name, start)
            else:
                body.blocks.append(self.block(name, start))
        except _Failure as failure:
            self.depth = depth
            self.report(failure)
            self.resume(start, failure.start)

    def attribute(self, body: Body, name: str, start: int) -> None:
        """`name = expression`, with the name read."""
        self.advance()
        if name in body.attributes:
            raise _Failure(f"the attribute {name} is set twice", start, start + len(name))
        try:
            expression = self.expression()
            if self.kind not in ("nl", "eof", "}"):
                self.fail("a new line is expected after the attribute")
        except _Failure as failure:
            broken = Broken(self.source, start, max(start + 1, failure.start), failure.message)
            body.attributes[name] = Attribute(self.source, start, broken.end, name, broken)
            raise
        body.attributes[name] = Attribute(self.source, start, expression.end, name, expression)

    def block(self, type_: str, start: int) -> Block:
        """`type "label" {`, with the type read."""
        labels: list[str] = []
        while self.kind in ("str", "id", "quote"):
            if self.kind == "quote":
                literal = self.quoted()
                if not isinstance(literal, Literal):
                    raise _Failure("a block label is plain text", literal.start, literal.end)
                labels.append(str(literal.value.data))
            else:
                labels.append(self.token)
                self.advance()
        if self.kind != "{":
            self.fail("an equals sign or an opening brace is expected here")
        opened = self.start
        self.enter()
        body = self.body(opened, top=False)
        self.depth -= 1
        end = self.end
        if self.kind == "}":
            self.advance()
            if self.kind not in ("nl", "eof", "}"):
                self.report(_Failure("a new line is expected after the block", self.start, self.end))
                self.resume(self.start, self.start)
        return Block(self.source, start, end, type_, tuple(labels), body, opened)

    def resume(self, item: int, failed: int) -> None:
        """Go on at the first line after the failure that is indented no deeper than the failed item."""
        self.lines = True
        indent = item - (self.text.rfind("\n", 0, item) + 1)
        position = self.text.find("\n", max(item, min(failed, len(self.text))))
        while position >= 0:
            line = re.compile(r"[ \t]*").match(self.text, position + 1)
            assert line is not None
            following = self.text[line.end() : line.end() + 1]
            if following and following not in "\r\n" and line.end() - position - 1 <= indent and following not in ")]":
                break
            position = self.text.find("\n", position + 1)
        self.position = position if position >= 0 else len(self.text)
        self.advance()

    # -- expressions

    def expression(self) -> Expression:
        """A conditional, or what binds tighter."""
        self.enter()
        condition = self.operation(1)
        if self.kind == "?":
            self.advance()
            yes = self.expression()
            self.expect(":", "a conditional needs a colon and a second value")
            no = self.expression()
            condition = Conditional(self.source, condition.start, no.end, condition, yes, no)
        self.depth -= 1
        return condition

    def operation(self, lowest: int) -> Expression:
        """Binary operators that bind at least as tightly as `lowest`."""
        left = self.term()
        while (level := _PRECEDENCE.get(self.kind, 0)) >= lowest:
            operator = self.kind
            self.advance()
            right = self.operation(level + 1)
            left = Binary(self.source, left.start, right.end, operator, left, right)
        return left

    def term(self) -> Expression:
        """A unary operation, or a single value with the steps after it."""
        if self.kind in ("!", "-"):
            start, operator = self.start, self.kind
            self.advance()
            self.enter()
            operand = self.term()
            self.depth -= 1
            return Unary(self.source, start, operand.end, operator, operand)
        return self.steps(self.primary())

    def primary(self) -> Expression:
        """A value without the steps after it."""
        kind, token, start, end = self.kind, self.token, self.start, self.end
        if kind == "str":
            self.advance()
            return self.literal(_normal(token), start, end)
        if kind == "id":
            self.advance()
            if self.kind == "(" or self.kind == "::":
                return self.call(token, start)
            if token in _KEYWORDS:
                return self.literal(_KEYWORDS[token], start, end)
            return Reference(self.source, start, end, token, ())
        if kind == "num":
            self.advance()
            return self.literal(parse_number(token), start, end)
        if kind == "quote":
            return self.quoted()
        if kind == "hd":
            return self.heredoc()
        if kind in ("(", "[", "{"):
            return self.bracketed(kind)
        self.fail("a value is expected here")

    def literal(self, data: Any, start: int, end: int) -> Literal:
        """A literal whose value is written at itself."""
        made = Literal(self.source, start, end, Typed(data))
        made.value.place = made
        return made

    def bracketed(self, kind: str) -> Expression:
        """Parentheses, a tuple, an object or a for expression."""
        self.enter()
        start, lines = self.start, self.lines
        self.lines = False
        made: Expression
        if kind == "(":
            self.advance()
            inner = self.expression()
            self.close(")", lines, "a closing parenthesis is expected here")
            made = Parentheses(self.source, start, self.last, inner)
        elif kind == "[":
            self.advance()
            made = self.for_expression(start, "]", lines) if self.kind == "id" and self.token == "for" else self.tuple_items(start, lines)
        else:
            self.lines = True
            self.advance()
            while self.kind == "nl":
                self.advance()
            if self.kind == "id" and self.token == "for":
                made = self.for_or_object(start, lines)
            else:
                made = self.object(start, lines)
        self.depth -= 1
        return made

    def close(self, kind: str, lines: bool, message: str) -> None:
        """Take a closing bracket; from there on newlines count as they did before it."""
        if self.kind != kind:
            self.fail(message)
        self.lines = lines
        self.advance()

    def tuple_items(self, start: int, lines: bool) -> TupleOf:
        """The items of a tuple, with the opening bracket read."""
        items: list[Expression] = []
        while self.kind != "]":
            items.append(self.expression())
            if self.kind == ",":
                self.advance()
            elif self.kind != "]":
                self.fail("a comma or a closing bracket is expected here")
        self.close("]", lines, "")
        return TupleOf(self.source, start, self.last, tuple(items))

    def for_or_object(self, start: int, lines: bool) -> Expression:
        """`{for ...` is a for expression, unless `for` is a key."""
        state = (self.position, self.kind, self.token, self.start, self.end, self.last)
        self.advance()
        is_key = self.kind in ("=", ":")
        self.position, self.kind, self.token, self.start, self.end, self.last = state
        if is_key:
            return self.object(start, lines)
        self.lines = False
        return self.for_expression(start, "}", lines)

    def object(self, start: int, lines: bool) -> ObjectOf:
        """The items of an object, with the opening brace read."""
        items: list[tuple[Expression, Expression]] = []
        while True:
            while self.kind == "nl":
                self.advance()
            if self.kind == "}":
                break
            key = self.key()
            if self.kind not in ("=", ":"):
                self.fail("an equals sign is expected after the key")
            self.advance()
            items.append((key, self.expression()))
            if self.kind == ",":
                self.advance()
            elif self.kind not in ("nl", "}"):
                self.fail("a comma, a new line or a closing brace is expected here")
        self.close("}", lines, "")
        return ObjectOf(self.source, start, self.last, tuple(items))

    def key(self) -> Expression:
        """An object's key: a bare word stands for itself."""
        expression = self.expression()
        if isinstance(expression, Reference) and not expression.steps:
            return self.literal(expression.name, expression.start, expression.end)
        if isinstance(expression, Literal) and expression.text in _KEYWORDS:
            return self.literal(expression.text, expression.start, expression.end)
        return expression

    def for_expression(self, start: int, closing: str, lines: bool) -> For:
        """`for k, v in collection : ...`, with the opening bracket read."""
        self.advance()
        names = self.for_names()
        collection = self.expression()
        self.expect(":", "a colon is expected after the collection")
        key: Expression | None = None
        value = self.expression()
        group = False
        if self.kind == "=>":
            if closing == "]":
                self.fail("a key is for a for expression in braces")
            self.advance()
            key, value = value, self.expression()
        elif closing == "}":
            self.fail("a for expression in braces needs a key: `key => value`")
        if self.kind == "...":
            if key is None:
                self.fail("grouping is for a for expression in braces")
            group = True
            self.advance()
        condition: Expression | None = None
        if self.kind == "id" and self.token == "if":
            self.advance()
            condition = self.expression()
        self.close(closing, lines, "the for expression is not closed")
        return For(self.source, start, self.last, names, collection, key, value, condition, group)

    def for_names(self) -> tuple[str | None, str]:
        """`k, v in` or `v in`."""
        names: list[str] = []
        for _ in range(2):
            names.append(self.token)
            self.expect("id", "a variable name is expected after `for`")
            if self.kind != ",":
                break
            self.advance()
        if self.kind != "id" or self.token != "in":
            self.fail("`in` is expected here")
        self.advance()
        return (names[0], names[1]) if len(names) == 2 else (None, names[0])

    def call(self, name: str, start: int) -> Call:
        """A function call, with the first word of the name read."""
        while self.kind == "::":
            self.advance()
            name = f"{name}::{self.token}"
            self.expect("id", "a function name is expected here")
        if self.kind != "(":
            self.fail("an opening parenthesis is expected after the function name")
        self.enter()
        lines = self.lines
        self.lines = False
        self.advance()
        arguments: list[Expression] = []
        expand = False
        while self.kind != ")":
            arguments.append(self.expression())
            if self.kind == "...":
                expand = True
                self.advance()
                if self.kind == ",":
                    self.advance()
                break
            if self.kind == ",":
                self.advance()
            elif self.kind != ")":
                self.fail("a comma or a closing parenthesis is expected here")
        self.close(")", lines, "a closing parenthesis is expected here")
        self.depth -= 1
        return Call(self.source, start, self.last, name, tuple(arguments), expand)

    # -- what follows a value

    def steps(self, value: Expression) -> Expression:
        """Attributes, indexes and splats after a value."""
        while True:
            if self.kind == ".":
                self.advance()
                if self.kind == "id":
                    value = self.attribute_step(value, self.token)
                    self.advance()
                elif self.kind == "num" and self.token.isdigit():
                    value = self.index_step(value, self.literal(int(self.token), self.start, self.end), self.end)
                    self.advance()
                elif self.kind == "*":
                    self.advance()
                    value = self.splat(value, full=False)
                else:
                    self.fail("an attribute name is expected after the dot")
            elif self.kind == "[*]":
                self.advance()
                value = self.splat(value, full=True)
            elif self.kind == "[":
                lines = self.lines
                self.lines = False
                self.advance()
                key = self.expression()
                self.close("]", lines, "a closing bracket is expected after the index")
                value = self.index_step(value, key, self.last)
            else:
                return value

    def attribute_step(self, value: Expression, name: str) -> Expression:
        if isinstance(value, Reference):
            return Reference(self.source, value.start, self.end, value.name, (*value.steps, name))
        return GetAttr(self.source, value.start, self.end, value, name)

    def index_step(self, value: Expression, key: Expression, end: int) -> Expression:
        if isinstance(value, Reference) and isinstance(key, Literal) and type(key.value.data) in (str, int):
            return Reference(self.source, value.start, end, value.name, (*value.steps, key.value.data))
        return Index(self.source, value.start, end, value, key)

    def splat(self, value: Expression, *, full: bool) -> Splat:
        """What follows `[*]` (any steps) or `.*` (attributes only) belongs to each element."""
        each: Expression = Item(self.source, self.last, self.last)
        if full:
            each = self.steps(each)
        else:
            while self.kind == ".":
                self.advance()
                if self.kind == "num" and self.token.isdigit():
                    each = self.index_step(each, self.literal(int(self.token), self.start, self.end), self.end)
                else:
                    each = self.attribute_step(each, self.token)
                    if self.kind != "id":
                        self.fail("an attribute name is expected after the dot")
                self.advance()
        return Splat(self.source, value.start, max(each.end, self.last), value, each)

    # -- templates

    def quoted(self) -> Expression:
        """A quoted text with escapes or interpolations, at its opening quote."""
        start = self.start
        self.enter()
        parts, end = self.template_parts(self.end, _QUOTED)
        self.depth -= 1
        self.position = self.end = end
        self.advance()
        return self.template(parts, start, end)

    def heredoc(self) -> Expression:
        """A heredoc, at its marker."""
        start = self.start
        flush = self.token.startswith("-")
        marker = self.token.lstrip("-") if flush else self.token
        found = re.compile(rf"^[ \t]*{re.escape(marker)}(?=[ \t]*\r?$)", re.M).search(self.text, self.end)
        if not found:
            raise _Failure(f"the heredoc {marker} is not closed", start, self.end)
        inner = _Parser(self.source, self.end, found.start())
        inner.depth = self.depth
        try:
            parts = inner.template_parts(self.end, _PLAIN, flush=flush)[0]
        finally:
            self.diagnostics += inner.diagnostics
        self.position = self.end = found.end()
        self.advance()
        made = self.template(parts, start, found.end())
        if isinstance(made, Template):
            made.wrap = False
        return made

    def template(self, parts: list[str | Expression], start: int, end: int) -> Expression:
        """A literal when there is nothing to evaluate."""
        if not parts:
            return self.literal("", start, end)
        if len(parts) == 1 and isinstance(parts[0], str):
            return self.literal(_normal(parts[0]), start, end)
        return Template(self.source, start, end, tuple(parts), len(parts) == 1 and not isinstance(parts[0], (TemplateIf, TemplateFor)))

    def template_parts(self, position: int, pattern: re.Pattern[str], *, flush: bool = False) -> tuple[list[str | Expression], int]:
        """(parts, offset of the end) of a template that starts at an offset."""
        pieces, end = self.pieces(position, pattern)
        if flush:
            _unindent(pieces)
        parts, rest = self.nest(pieces, 0, ())
        if rest < len(pieces):
            piece = pieces[rest]
            raise _Failure("this directive closes nothing", piece.start, piece.end)
        return parts, end

    def pieces(self, position: int, pattern: re.Pattern[str]) -> tuple[list[_Piece], int]:
        """The flat pieces of a template: texts, interpolations and directives."""
        pieces: list[_Piece] = []
        trim = False
        begin = position
        while True:
            found = pattern.match(self.text, position)
            kind = found.lastgroup if found else "bad"
            if found is None or kind == "bad":
                raise _Failure("the text is not closed on its line", begin - 1, position)
            if kind == "end":
                return pieces, found.end()
            if kind == "text":
                text = self.unescape(found["text"], position, quoted=pattern is _QUOTED)
                pieces.append(_Piece("text", position, found.end(), text.lstrip() if trim else text))
                position = found.end()
                trim = False
                continue
            if found["open"].endswith("~") and pieces and pieces[-1].kind == "text":
                pieces[-1].text = pieces[-1].text.rstrip()
            piece, position, trim = self.sequence(position, found.end(), directive=found["open"].startswith("%"))
            pieces.append(piece)

    def sequence(self, start: int, position: int, *, directive: bool) -> tuple[_Piece, int, bool]:
        """(piece, end, whether to trim what follows) of an interpolation or a directive."""
        inner = _Parser(self.source, position)
        inner.text = self.text
        inner.lines = False
        inner.depth = self.depth
        inner.enter()
        inner.end = position
        try:
            inner.advance()
            piece = inner.directive(start) if directive else _Piece("value", start, 0, "", inner.expression())
            end = inner.end
            trim = False
            if inner.kind == "bad" and inner.token == "~":
                trim = True
                inner.advance()
                end = inner.end
            if inner.kind != "}":
                inner.fail("a closing brace is expected here")
        finally:
            self.diagnostics += inner.diagnostics
        piece.end = end
        return piece, end, trim

    def directive(self, start: int) -> _Piece:
        """What stands between `%{` and `}`."""
        word = self.token if self.kind == "id" else ""
        self.advance()
        if word == "if":
            return _Piece("if", start, 0, "", self.expression())
        if word == "for":
            names = self.for_names()
            return _Piece("for", start, 0, "", self.expression(), names)
        if word in ("else", "endif", "endfor"):
            return _Piece(word, start, 0, "")
        raise _Failure("a template directive is if, else, endif, for or endfor", start, start + 2)

    def nest(self, pieces: list[_Piece], index: int, until: tuple[str, ...]) -> tuple[list[str | Expression], int]:
        """(parts, index of the piece that ends them)."""
        parts: list[str | Expression] = []
        while index < len(pieces):
            piece = pieces[index]
            if piece.kind == "text":
                if parts and isinstance(parts[-1], str):
                    parts[-1] += piece.text
                elif piece.text:
                    parts.append(piece.text)
                index += 1
            elif piece.kind == "value":
                assert piece.expression is not None
                parts.append(piece.expression)
                index += 1
            elif piece.kind in ("if", "for"):
                part, index = self.nested(pieces, index)
                parts.append(part)
            else:
                if piece.kind not in until:
                    raise _Failure(f"`{piece.kind}` closes nothing", piece.start, piece.end)
                return parts, index
        if until:
            raise _Failure(f"the directive is not closed: {' or '.join(until)} is missing", pieces[-1].start, pieces[-1].end)
        return parts, index

    def nested(self, pieces: list[_Piece], index: int) -> tuple[Expression, int]:
        """An `if` or `for` directive with what is inside it."""
        head = pieces[index]
        assert head.expression is not None
        self.enter()
        if head.kind == "for":
            body, index = self.nest(pieces, index + 1, ("endfor",))
            assert head.names is not None
            made: Expression = TemplateFor(
                self.source, head.start, pieces[index].end, head.names, head.expression, self.inside(body, head)
            )
        else:
            yes, index = self.nest(pieces, index + 1, ("else", "endif"))
            no: list[str | Expression] = []
            if pieces[index].kind == "else":
                no, index = self.nest(pieces, index + 1, ("endif",))
            made = TemplateIf(
                self.source, head.start, pieces[index].end, head.expression, self.inside(yes, head), self.inside(no, head)
            )
        self.depth -= 1
        return made, index + 1

    def inside(self, parts: list[str | Expression], head: _Piece) -> Template:
        return Template(self.source, head.start, head.end, tuple(parts), wrap=False)

    def unescape(self, text: str, offset: int, *, quoted: bool) -> str:
        """The text that is meant; only quoted text knows backslashes."""
        if not quoted:
            return text.replace("$${", "${").replace("%%{", "%{") if "{" in text else text
        if "\\" not in text and "{" not in text:
            return text

        def meant(found: re.Match[str]) -> str:
            short, long, single = found.groups()
            if short or long:
                number = int(short or long, 16)
                if number > 0x10FFFF:
                    raise _Failure("not a Unicode character", offset + found.start(), offset + found.end())
                return chr(number) if not 0xD800 <= number < 0xE000 else "\ufffd"
            if single is None:
                return found[0][1:]
            if single not in _SIMPLE:
                raise _Failure(f"\\{single} is not an escape sequence", offset + found.start(), offset + found.end())
            return _SIMPLE[single]

        return _ESCAPE.sub(meant, text)


class _Piece:
    """A flat piece of a template, before directives are nested."""

    __slots__ = ("end", "expression", "kind", "names", "start", "text")

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        text: str,
        expression: Expression | None = None,
        names: tuple[str | None, str] | None = None,
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.expression = expression
        self.names = names


def _unindent(pieces: list[_Piece]) -> None:
    """Take the indentation that all lines share away from a flush heredoc."""
    smallest: int | None = None
    lines: list[_Piece] = []
    starts_line = True
    for piece in pieces:
        if starts_line:
            starts_line = False
            spaces: int | None = 0
            if piece.kind == "text":
                trimmed = piece.text.lstrip()
                if not trimmed and piece.text.endswith("\n"):
                    spaces = None  # a blank line has no say
                else:
                    spaces = len(piece.text) - len(trimmed)
                    lines.append(piece)
            if spaces is not None:
                smallest = spaces if smallest is None else min(smallest, spaces)
        if piece.kind == "text" and piece.text.endswith("\n"):
            starts_line = True
    for piece in lines:
        piece.text = piece.text[smallest or 0 :]


def _normal(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
