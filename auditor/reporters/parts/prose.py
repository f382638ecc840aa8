"""The small part of Markdown that rule pages are written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*([\w+-]*)[^\n]*\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)", re.M | re.S)
_ITEM = re.compile(r"\s*(?:[-*]|(\d+)[.)])\s+(.*)")
_CODE = re.compile(r"(`+)(.+?)\1")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"'(`]?[A-Z0-9`])")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|no|incl)\.$", re.I)

Kind: TypeAlias = Literal["paragraph", "code", "list", "numbered"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one text), code (its lines as one text) or a list (a text for each item)."""

    kind: Kind
    texts: tuple[str, ...]
    language: str = ""


def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a section, line breaks inside paragraphs and items made blanks."""
    found: list[Block] = []
    end = 0
    for fence in _FENCE.finditer(markdown):
        found += _prose(markdown[end : fence.start()])
        found.append(Block("code", (fence[3].rstrip("\n"),), fence[2]))
        end = fence.end()
    return (*found, *_prose(markdown[end:]))


def _prose(text: str) -> list[Block]:
    found: list[Block] = []
    open_block = False
    for line in text.splitlines():
        item = _ITEM.match(line)
        kind: Kind = "paragraph" if not item else "numbered" if item[1] else "list"
        words = item[2].strip() if item else line.strip().lstrip("#").strip()
        if not words:
            open_block = False
        elif open_block and not item:
            last = found[-1]
            found[-1] = Block(last.kind, (*last.texts[:-1], f"{last.texts[-1]} {words}"))
        elif item and found and found[-1].kind == kind:
            found[-1] = Block(kind, (*found[-1].texts, words))
            open_block = True
        else:
            found.append(Block(kind, (words,)))
            open_block = True
    return found


def spans(text: str) -> tuple[tuple[bool, str], ...]:
    """(whether it is code, text) parts of a paragraph."""
    found: list[tuple[bool, str]] = []
    end = 0
    for code in _CODE.finditer(text):
        if code.start() > end:
            found.append((False, text[end : code.start()]))
        found.append((True, code[2].strip()))
        end = code.end()
    if end < len(text):
        found.append((False, text[end:]))
    return tuple(found)


def gist(markdown: str, sentences: int = 1) -> str:
    """The first sentences of a section: of its first paragraph or item, or its first line of code."""
    for block in blocks(markdown):
        text = block.texts[0]
        if block.kind == "code":
            return f"`{text.strip().splitlines()[0]}`" if text.strip() else ""
        return " ".join(_sentences(text)[:sentences])
    return ""


def plain(markdown: str) -> str:
    """A section as plain text: paragraphs and items as lines, code indented."""
    found: list[str] = []
    for block in blocks(markdown):
        if block.kind == "code":
            found.append("\n".join(f"    {line}" for line in block.texts[0].splitlines()))
        elif block.kind == "paragraph":
            found.append(block.texts[0])
        else:
            found.append("\n".join(f"{f'{n}.' if block.kind == 'numbered' else '-'} {text}" for n, text in enumerate(block.texts, 1)))
    return "\n\n".join(found)


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for part in _SENTENCE.split(text):
        if found and (_ABBREVIATION.search(found[-1]) or found[-1].count("`") % 2):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found
