"""Secrets in the clear: in environment variables, in arguments, in the files of a ConfigMap. Judged by value, never by name alone."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from auditor.model.node import Node, Undecided
from auditor.model.redaction import reference, secret_name
from auditor.views.secret import blank, token

_POINTER = re.compile(
    r"/|\.{1,2}/|arn:|s3://|ssm:|vault:|file:|\{\{|<|\$[({A-Z_]|%\(|https?://[^@]*$|[\w-]+(?:\.[\w-]+)+(?::\d+)?$|[\w.+-]+@[\w-]+\.[\w.]+$"
)
"""What may stand behind a secret name without being one: a path, a reference, an address, a name to fill in."""

_WORD = re.compile(r"(?:true|false|yes|no|on|off|null|none|default|enabled|disabled|required|optional|\d{1,5}|[a-z]{1,3})", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"(?m)^[ \t]*(?:export[ \t]+|-[ \t]+|<)?[\"']?([A-Za-z][\w.-]{2,80})[\"']?[ \t]*[:=>][ \t]*[\"']?([^\s\"'#;,<]{6,300})[\"',;<]?"
)
MAX_TEXT = 200_000


def secret_in(name: str, value: Node) -> str:
    """What kind of secret the value of that name is, in words; empty when none. Raises `Undecided` when the name alone says secret."""
    if value.unknown:
        if secret_name(name):
            raise Undecided(value)
        return ""
    return secret_in_text(name, value.text or "")


def secret_in_text(name: str, text: str) -> str:
    """What kind of secret a text is that is given to a name, in words; empty when none."""
    known = token(text[:MAX_TEXT])
    if known:
        return known
    return "a secret" if secret_name(name) and _like_a_secret(text) else ""


def _like_a_secret(text: str) -> bool:
    plain = text.strip()
    return len(plain) >= 4 and not (_POINTER.match(plain) or _WORD.fullmatch(plain) or blank(plain) or reference(plain))


def leaks(name: str, value: Node) -> Iterator[str]:
    """The kinds of secrets in a ConfigMap's entry: the entry itself, or lines of the file that it is. Raises `Undecided`."""
    text = value.text or ""
    if "\n" not in text.strip():
        kind = secret_in(name, value)
        if kind:
            yield kind
            return
    known = token(text[:MAX_TEXT])
    if known:
        yield known
    for key, assigned in _ASSIGNED.findall(text[:MAX_TEXT]):
        if secret_name(key) and _like_a_secret(assigned) and _entropy(assigned) >= 2.5:
            yield f"the value of {key}"


def _entropy(text: str) -> float:
    """Bits for each character."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values()) if text else 0.0
