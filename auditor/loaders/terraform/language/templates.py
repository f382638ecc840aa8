"""Templates: quoted texts and heredocs with interpolations and directives."""

from __future__ import annotations

import re
import unicodedata

from auditor.loaders.terraform.language import expressions
from auditor.loaders.terraform.language.tokens import SyntaxFailure, Tokens
from auditor.loaders.terraform.language.tree import (
    Expression,
    Template,
    TemplateFor,
    TemplateIf,
)

_QUOTED = re.compile(r'(?P<text>(?:[^"\\$%\n]+|\\.|\$\$\{|%%\{|\$(?!\{)|%(?!\{))+)|(?P<open>[$%]\{~?)|(?P<end>")|(?P<bad>\n|\Z|\\\Z)', re.S)
PLAIN = re.compile(r"(?P<text>(?:[^$%\n]+|\$\$\{|%%\{|\$(?!\{)|%(?!\{))+\n?|\n)|(?P<open>[$%]\{~?)|(?P<end>\Z)")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))|\$\$\{|%%\{", re.S)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


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


def read_quoted(tokens: Tokens) -> Expression:
    """A quoted text with escapes or interpolations, at its opening quote."""
    start = tokens.start
    tokens.enter()
    parts, end = read_parts(tokens, tokens.end, _QUOTED)
    tokens.depth -= 1
    tokens.position = tokens.end = end
    tokens.advance()
    return make_template(tokens, parts, start, end)


def read_heredoc(tokens: Tokens) -> Expression:
    """A heredoc, at its marker."""
    start = tokens.start
    flush = tokens.token.startswith("-")
    marker = tokens.token.lstrip("-") if flush else tokens.token
    found = re.compile(rf"^[ \t]*{re.escape(marker)}(?=[ \t]*\r?$)", re.M).search(tokens.text, tokens.end)
    if not found:
        raise SyntaxFailure(f"the heredoc {marker} is not closed", start, tokens.end, lost=len(tokens.text))
    inner = Tokens(tokens.source, tokens.end, found.start())
    inner.depth = tokens.depth
    try:
        parts = read_parts(inner, tokens.end, PLAIN, flush=flush)[0]
    finally:
        tokens.diagnostics += inner.diagnostics
    tokens.position = tokens.end = found.end()
    tokens.advance()
    made = make_template(tokens, parts, start, found.end())
    if isinstance(made, Template):
        made.wrap = False
    return made


def make_template(tokens: Tokens, parts: list[str | Expression], start: int, end: int) -> Expression:
    """A literal when there is nothing to evaluate."""
    if not parts:
        return expressions.make_literal(tokens, "", start, end)
    if len(parts) == 1 and isinstance(parts[0], str):
        return expressions.make_literal(tokens, normal(parts[0]), start, end)
    return Template(tokens.source, start, end, tuple(parts), len(parts) == 1 and not isinstance(parts[0], (TemplateIf, TemplateFor)))


def read_parts(tokens: Tokens, position: int, pattern: re.Pattern[str], *, flush: bool = False) -> tuple[list[str | Expression], int]:
    """(parts, offset of the end) of a template that starts at an offset."""
    pieces, end = _pieces(tokens, position, pattern)
    if flush:
        _unindent(pieces)
    parts, rest = _nest(tokens, pieces, 0, ())
    if rest < len(pieces):
        piece = pieces[rest]
        raise SyntaxFailure("this directive closes nothing", piece.start, piece.end)
    return parts, end


def _pieces(tokens: Tokens, position: int, pattern: re.Pattern[str]) -> tuple[list[_Piece], int]:
    """The flat pieces of a template: texts, interpolations and directives."""
    pieces: list[_Piece] = []
    trim = False
    begin = position
    while True:
        found = pattern.match(tokens.text, position)
        kind = found.lastgroup if found else "bad"
        if found is None or kind == "bad":
            raise SyntaxFailure("the text is not closed on its line", begin - 1, position)
        if kind == "end":
            return pieces, found.end()
        if kind == "text":
            text = _unescape(tokens, found["text"], position, quoted=pattern is _QUOTED)
            pieces.append(_Piece("text", position, found.end(), text.lstrip() if trim else text))
            position = found.end()
            trim = False
            continue
        if found["open"].endswith("~") and pieces and pieces[-1].kind == "text":
            pieces[-1].text = pieces[-1].text.rstrip()
        piece, position, trim = _sequence(tokens, position, found.end(), directive=found["open"].startswith("%"))
        pieces.append(piece)


def _sequence(tokens: Tokens, start: int, position: int, *, directive: bool) -> tuple[_Piece, int, bool]:
    """(piece, end, whether to trim what follows) of an interpolation or a directive."""
    inner = Tokens(tokens.source, position)
    inner.text = tokens.text
    inner.lines = False
    inner.depth = tokens.depth
    inner.enter()
    inner.end = position
    try:
        inner.advance()
        piece = _directive(inner, start) if directive else _Piece("value", start, 0, "", expressions.read_expression(inner))
        end = inner.end
        trim = False
        if inner.kind == "bad" and inner.token == "~":
            trim = True
            inner.advance()
            end = inner.end
        if inner.kind != "}":
            inner.fail("a closing brace is expected here")
    finally:
        tokens.diagnostics += inner.diagnostics
    piece.end = end
    return piece, end, trim


def _directive(tokens: Tokens, start: int) -> _Piece:
    """What stands between `%{` and `}`."""
    word = tokens.token if tokens.kind == "id" else ""
    tokens.advance()
    if word == "if":
        return _Piece("if", start, 0, "", expressions.read_expression(tokens))
    if word == "for":
        names = expressions.read_for_names(tokens)
        return _Piece("for", start, 0, "", expressions.read_expression(tokens), names)
    if word in ("else", "endif", "endfor"):
        return _Piece(word, start, 0, "")
    raise SyntaxFailure("a template directive is if, else, endif, for or endfor", start, start + 2)


def _nest(tokens: Tokens, pieces: list[_Piece], index: int, until: tuple[str, ...]) -> tuple[list[str | Expression], int]:
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
            part, index = _nested(tokens, pieces, index)
            parts.append(part)
        else:
            if piece.kind not in until:
                raise SyntaxFailure(f"`{piece.kind}` closes nothing", piece.start, piece.end)
            return parts, index
    if until:
        raise SyntaxFailure(f"the directive is not closed: {' or '.join(until)} is missing", pieces[-1].start, pieces[-1].end)
    return parts, index


def _nested(tokens: Tokens, pieces: list[_Piece], index: int) -> tuple[Expression, int]:
    """An `if` or `for` directive with what is inside it."""
    head = pieces[index]
    assert head.expression is not None
    tokens.enter()
    if head.kind == "for":
        body, index = _nest(tokens, pieces, index + 1, ("endfor",))
        assert head.names is not None
        made: Expression = TemplateFor(
            tokens.source, head.start, pieces[index].end, head.names, head.expression, _inside(tokens, body, head)
        )
    else:
        yes, index = _nest(tokens, pieces, index + 1, ("else", "endif"))
        no: list[str | Expression] = []
        if pieces[index].kind == "else":
            no, index = _nest(tokens, pieces, index + 1, ("endif",))
        made = TemplateIf(
            tokens.source, head.start, pieces[index].end, head.expression, _inside(tokens, yes, head), _inside(tokens, no, head)
        )
    tokens.depth -= 1
    return made, index + 1


def _inside(tokens: Tokens, parts: list[str | Expression], head: _Piece) -> Template:
    return Template(tokens.source, head.start, head.end, tuple(parts), wrap=False)


def _unescape(tokens: Tokens, text: str, offset: int, *, quoted: bool) -> str:
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
                raise SyntaxFailure("not a Unicode character", offset + found.start(), offset + found.end())
            return chr(number) if not 0xD800 <= number < 0xE000 else "\ufffd"
        if single is None:
            return found[0][1:]
        if single not in _SIMPLE:
            raise SyntaxFailure(f"\\{single} is not an escape sequence", offset + found.start(), offset + found.end())
        return _SIMPLE[single]

    return _ESCAPE.sub(meant, text)


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


def normal(text: str) -> str:
    """The text in the normal form that Terraform keeps all texts in (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
