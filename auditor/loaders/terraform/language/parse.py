"""Terraform's native syntax: text to syntax tree.

The parser goes on after an error: the broken item is reported, and reading resumes at the next line that is indented no
deeper than the item was, so that one bad line never hides the rest of a file.
"""

from __future__ import annotations

import re

from auditor.loaders.terraform.language import templates
from auditor.loaders.terraform.language.expressions import read_expression
from auditor.loaders.terraform.language.tokens import SyntaxFailure, Tokens
from auditor.loaders.terraform.language.tree import (
    Attribute,
    Block,
    Body,
    Broken,
    Expression,
    Literal,
    Source,
)
from auditor.model.diagnostic import Diagnostic


def parse_body(source: Source) -> tuple[Body, list[Diagnostic]]:
    """The attributes and blocks of a file, with every syntax error."""
    tokens = Tokens(source)
    body = read_body(tokens, 0, top=True)
    return body, tokens.diagnostics


def parse_blocks(source: Source, type_: str) -> list[Block]:
    """The blocks of one type that begin a line, without reading the rest of the text: for a first look at many files."""
    body = Body({}, [])
    for found in re.finditer(rf"^[ \t]*{type_}(?=[ \t\"])", source.text, re.M):
        tokens = Tokens(source, found.end() - len(type_))
        tokens.advance()
        _item(tokens, body, 0)
    return body.of(type_)


def parse_expression(source: Source, start: int = 0, end: int | None = None) -> tuple[Expression, list[Diagnostic]]:
    """The expression that a text (or a range of it) holds."""
    tokens = Tokens(source, start, end)
    try:
        tokens.lines = False
        tokens.advance()
        expression = read_expression(tokens)
        if tokens.kind != "eof":
            tokens.fail("extra characters after the expression")
    except SyntaxFailure as failure:
        diagnostic = tokens.report(failure)
        return Broken(source, start, len(source.text) if end is None else end, diagnostic.message), tokens.diagnostics
    return expression, tokens.diagnostics


def parse_template(source: Source, start: int = 0, end: int | None = None) -> tuple[Expression, list[Diagnostic]]:
    """The template that a text holds (`templatefile`, strings of the JSON syntax)."""
    tokens = Tokens(source, start, end)
    stop = len(source.text) if end is None else end
    try:
        parts = templates.read_parts(tokens, start, templates.PLAIN)[0]
        return templates.make_template(tokens, parts, start, stop), tokens.diagnostics
    except SyntaxFailure as failure:
        diagnostic = tokens.report(failure)
        return Broken(source, start, stop, diagnostic.message), tokens.diagnostics


def read_body(tokens: Tokens, opened: int, *, top: bool) -> Body:
    """Attributes and blocks up to the closing brace, or to the end of the file."""
    body = Body({}, [])
    tokens.lines = True
    tokens.advance()
    while True:
        if tokens.kind == "nl":
            tokens.advance()
        elif tokens.kind == "eof":
            if not top:
                line = tokens.source.position(opened)[0]
                tokens.report(SyntaxFailure(f"the block opened on line {line} is not closed", opened, opened + 1))
            return body
        elif tokens.kind == "}" and not top:
            return body
        else:
            _item(tokens, body, tokens.depth)


def _item(tokens: Tokens, body: Body, depth: int) -> None:
    """One attribute or block; after an error, skip to where the next one may start."""
    start = tokens.start
    try:
        if tokens.kind != "id":
            tokens.fail("an attribute name or a block type is expected here")
        name = tokens.token
        tokens.advance()
        if tokens.kind == "=":
            _attribute(tokens, body, name, start)
        else:
            body.blocks.append(_block(tokens, name, start))
    except SyntaxFailure as failure:
        tokens.depth = depth
        tokens.report(failure)
        _resume(tokens, start, failure.lost)


def _attribute(tokens: Tokens, body: Body, name: str, start: int) -> None:
    """`name = expression`, with the name read."""
    tokens.advance()
    if name in body.attributes:
        raise SyntaxFailure(f"the attribute {name} is set twice", start, start + len(name))
    try:
        expression = read_expression(tokens)
        if tokens.kind not in ("nl", "eof", "}"):
            tokens.fail("a new line is expected after the attribute")
    except SyntaxFailure as failure:
        broken = Broken(tokens.source, start, max(start + 1, failure.start), failure.message)
        body.attributes[name] = Attribute(tokens.source, start, broken.end, name, broken)
        raise
    body.attributes[name] = Attribute(tokens.source, start, expression.end, name, expression)


def _block(tokens: Tokens, type_: str, start: int) -> Block:
    """`type "label" {`, with the type read."""
    labels: list[str] = []
    while tokens.kind in ("str", "id", "quote"):
        if tokens.kind == "quote":
            literal = templates.read_quoted(tokens)
            if not isinstance(literal, Literal):
                raise SyntaxFailure("a block label is plain text", literal.start, literal.end)
            labels.append(str(literal.value.data))
        else:
            labels.append(tokens.token)
            tokens.advance()
    if tokens.kind != "{":
        tokens.fail("an equals sign or an opening brace is expected here")
    opened = tokens.start
    tokens.enter()
    body = read_body(tokens, opened, top=False)
    tokens.depth -= 1
    end = tokens.end
    if tokens.kind == "}":
        tokens.advance()
        if tokens.kind not in ("nl", "eof", "}"):
            tokens.report(SyntaxFailure("a new line is expected after the block", tokens.start, tokens.end))
            _resume(tokens, tokens.start, tokens.start)
    return Block(tokens.source, start, end, type_, tuple(labels), body, opened)


def _resume(tokens: Tokens, item: int, failed: int) -> None:
    """Go on at the first line after the failure that is indented no deeper than the failed item."""
    tokens.lines = True
    indent = item - (tokens.text.rfind("\n", 0, item) + 1)
    position = tokens.text.find("\n", max(item, min(failed, len(tokens.text))))
    while position >= 0:
        line = re.compile(r"[ \t]*").match(tokens.text, position + 1)
        assert line is not None
        following = tokens.text[line.end() : line.end() + 1]
        if following and following not in "\r\n" and line.end() - position - 1 <= indent and following not in ")]":
            break
        position = tokens.text.find("\n", position + 1)
    tokens.position = position if position >= 0 else len(tokens.text)
    tokens.advance()
