"""Scanned text inside Markdown comments of GitHub and GitLab, where nothing of it may act: no markup, mention, reference or command."""

from __future__ import annotations

import html
import re

from auditor.reporters.parts.printable import crop, one_line, printable
from auditor.reporters.parts.prose import blocks, spans

MAX_TEXT = 600
"""Longer texts are cut: a comment has little room."""

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])|^([#+\-=/]|\d+(?=[.)]))")
_TRIGGER = re.compile(r"[@#!%~$](?=\w)|&amp;(?=\w)|\b(?:GH|https?|ftp|www)(?=[-:.])", re.I)
"""What GitHub and GitLab make links, mentions and references of; a comment that holds nothing, put behind it, breaks that up."""
_LANGUAGES = {"tf": "hcl", "tfvars": "hcl", "tofu": "hcl", "json": "json", "yaml": "yaml", "yml": "yaml"}


def inert(text: str) -> str:
    """Text for a paragraph: Markdown and HTML are escaped, mentions, references and bare links are broken up."""
    text = html.escape(_short(text), quote=False)
    return _TRIGGER.sub(r"\g<0><!-- -->", _SPECIAL.sub(_escaped, text))


def inert_html(text: str) -> str:
    """Text for a place where HTML stands, such as a summary."""
    return _TRIGGER.sub(r"\g<0><!-- -->", html.escape(_short(text), quote=False))


def code(text: str) -> str:
    """A code span, whatever backticks the text holds."""
    text = _short(text)
    if not text.strip():
        return ""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def fenced(text: str, file: str = "", language: str = "") -> str:
    """A code block, whatever backticks the text holds."""
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{fence}{language or _LANGUAGES.get(file.rpartition('.')[2], 'text')}\n{printable(text)}\n{fence}"


def section(markdown: str) -> str:
    """A section of a rule's page: paragraphs, lists, code spans and code blocks, everything else inert."""
    found: list[str] = []
    for block in blocks(markdown):
        if block.kind == "code":
            language = block.language if block.language.isalnum() else "text"
            found.append(fenced(block.texts[0], language=language))
        elif block.kind == "paragraph":
            found.append(line(block.texts[0]))
        else:
            found.append("\n".join(f"{f'{n}.' if block.kind == 'numbered' else '-'} {line(text)}" for n, text in enumerate(block.texts, 1)))
    return "\n\n".join(found)


def line(text: str) -> str:
    """One paragraph of a page, its code spans kept."""
    return "".join(code(part) if is_code else inert(part) for is_code, part in spans(text))


def _short(text: str) -> str:
    return crop(one_line(text), MAX_TEXT, "...")


def _escaped(found: re.Match[str]) -> str:
    """A number that could begin a list cannot be escaped itself; what follows it can."""
    return f"{found[0]}<!-- -->" if found[0].isdecimal() else f"\\{found[0]}"
