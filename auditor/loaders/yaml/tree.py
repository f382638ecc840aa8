"""YAML to values, from libyaml's events: 5 to 10 MB/s with the place of every key and value.

A text that is well-formed is read in one go; else it is cut at its document marks, so that one broken document leaves the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from auditor.loaders.yaml.builder import Builder, Refused
from auditor.loaders.yaml.dialect import Dialect
from auditor.model.diagnostic import Diagnostic
from auditor.model.span import Span
from auditor.model.written import Written

_MARK = re.compile(r"^(?:%[^\n]*\n)*---(?:[ \t].*)?\r?$", re.M)
_EMPTY = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n|%.*\n|\ufeff)*[ \t]*(?:#.*)?\Z")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a stream."""

    root: Written


def read_yaml(text: str, file: str, dialect: Dialect) -> tuple[list[Document], list[Diagnostic]]:
    """(documents, problems) of a text; a broken document is one problem, an empty one nothing."""
    try:
        return _in_one(text, file, dialect)
    except (yaml.YAMLError, Refused):
        return _one_by_one(text, file, dialect)


def _in_one(text: str, file: str, dialect: Dialect) -> tuple[list[Document], list[Diagnostic]]:
    builder = Builder(text, file, 0, dialect)
    documents: list[Document] = []
    problems: list[Diagnostic] = []
    while (root := builder.build()) is not builder:
        problems += builder.problems()
        if isinstance(root, Written) and root.data is not None:
            documents.append(Document(root))
    return documents, problems


def _one_by_one(text: str, file: str, dialect: Dialect) -> tuple[list[Document], list[Diagnostic]]:
    """The documents of a text that is not all well-formed: cut at the marks, so that a broken one leaves the others."""
    documents: list[Document] = []
    problems: list[Diagnostic] = []
    for start, piece in _pieces(text):
        try:
            builder = Builder(piece, file, start, dialect)
            root = builder.build()
            problems += builder.problems()
            if isinstance(root, Written) and root.data is not None:
                documents.append(Document(root))
            builder.end()
            problems += builder.warnings
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1 + start, mark.column + 1) if mark else (start + 1, 1)
            problems.append(_problem(file, line, column, "yaml-syntax", " ".join(filter(None, (error.problem, error.context)))))
        except yaml.reader.ReaderError as error:
            line = piece.count("\n", 0, min(error.position, len(piece))) + 1 + start
            problems.append(_problem(file, line, 1, "yaml-syntax", f"a character that YAML does not allow: {error.reason}"))
        except Refused as error:
            problems.append(_problem(file, error.line, error.column, "yaml-refused", error.message))
    return documents, problems


def _problem(file: str, line: int, column: int, code: str, message: str) -> Diagnostic:
    return Diagnostic(Span(file, line, column, line, column + 1), code, message, gap=True)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(lines before it, text) of every document; what stands before the first mark belongs to it when it is empty."""
    starts = [0, *(found.start() for found in _MARK.finditer(text) if found.start())]
    begin = line = 0
    for end in (*starts[1:], len(text)):
        piece = text[begin:end]
        if end < len(text) and _EMPTY.match(piece) and not _MARK.match(piece):
            continue
        yield line, piece
        line += piece.count("\n")
        begin = end
