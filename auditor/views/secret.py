"""Secrets that are written into code: what is one, and where it was written. What a rule yields of them is concealed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.model.node import Node
from auditor.model.redaction import reference, secret_name
from auditor.model.resource import Resource
from auditor.model.value import Marks, Value

__all__ = ["blank", "conceal", "secret_leaves", "secret_name", "token", "written", "written_here"]

SHORTEST: Final = 4
"""A shorter text behind a secret name is a switch or a number."""

_POINTER = re.compile(
    r"/[\w./-]*|arn:.*|https?://[^@]*|s3://.*|ssm:.*|vault:.*|\{\{.*|<.*>|alias/.*"
    r"|(?:true|false|null|none|default|disabled|enabled)",
    re.IGNORECASE | re.DOTALL,
)
_BLANK = re.compile(
    r"(?:change|replace|fill|set|update|provide|insert|enter|rotate)[-_ ]?(?:me|this|it|in|by|later|here|your|manually|after)[a-z _-]*"
    r"|(?:to|will)[-_ ]be[-_ ].*|your[-_ ].*|todo|tbd|placeholder.*|dummy.*|initial.*|empty|unset|unused|ignored|example|foo|bar"
    r"|mock.*|fake.*|test|[x*.#-]+|n/?a",
    re.IGNORECASE | re.DOTALL,
)
_FROM_OUTSIDE = frozenset({"environment", "command-line"})


def written(resource: Resource, node: Node) -> str:
    """The secret that a node holds because the code says so; empty when it holds none, or gets it from elsewhere.

    What is not known is not written: it comes from a variable without a value, from another resource, or from outside.
    """
    text = "" if node.unknown or node.missing else node.text or ""
    if len(text) < SHORTEST or reference(text) or _POINTER.fullmatch(text):
        return ""
    if resource.history is not None and any(step.kind in _FROM_OUTSIDE for step in resource.history(node.path)):
        return ""
    return text


def blank(text: str) -> bool:
    """Whether a text only keeps the place of a secret that is put there later."""
    return _BLANK.fullmatch(text.strip()) is not None


def written_here(resource: Resource, node: Node) -> bool:
    """Whether the text stands in the resource's own block, and did not come from a variable or another resource."""
    where, own = node.span, resource.span
    return where.file == own.file and own.line <= where.line <= max(own.end_line, own.line)


def conceal(node: Node) -> Node:
    """The node as a secret, so that nothing that is said of it shows its value."""
    value = node.value_
    return Node(Value(value.data, value.place, Marks(value.marks.refs, sensitive=True)), node.path)


def secret_leaves(node: Node) -> Iterator[Node]:
    """The texts at or below a node that are marked as secret and named like one, known ones first."""
    unknown: list[Node] = []
    for leaf, name, sensitive in _leaves(node, "", False):
        if sensitive and (secret_name(name) or name in _NAMES):
            if leaf.unknown:
                unknown.append(leaf)
            else:
                yield leaf
    yield from unknown


_NAMES = frozenset(
    {"basic_auth_credentials", "key_material_base64", "passwords", "plaintext", "platform_credential", "private_key", "value"}
)


def _leaves(node: Node, name: str, sensitive: bool) -> Iterator[tuple[Node, str, bool]]:
    sensitive = sensitive or node.sensitive
    if not node.unknown and isinstance(node.data, dict):
        for key, value in node.entries():
            yield from _leaves(value, key, sensitive)
    elif not node.unknown and isinstance(node.data, list):
        for item in node.each():
            yield from _leaves(item, name, sensitive)
    else:
        yield node, name, sensitive


# -- secrets that are known by their form

_TOKENS: Final = (
    ("an AWS access key", re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])")),
    ("a GitHub token", re.compile(r"(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{60,251})")),
    ("a GitLab token", re.compile(r"(?<![A-Za-z0-9_])gl(?:pat|ptt|dt|rt|soat|cbt)-[\w-]{20,255}")),
    ("a Slack token", re.compile(r"(?<![A-Za-z0-9])xox[abeoprs](?:\.xox[a-z])?-[A-Za-z0-9-]{20,255}")),
    ("a Slack webhook", re.compile(r"hooks\.slack\.com/services/T[A-Z0-9]{6,16}/B[A-Z0-9]{6,16}/[A-Za-z0-9]{20,40}")),
    ("a Stripe key", re.compile(r"(?<![A-Za-z0-9])[sr]k_live_[0-9A-Za-z]{20,255}")),
    ("a Google API key", re.compile(r"(?<![A-Za-z0-9_-])AIza[\w-]{35}(?![\w-])")),
    ("a SendGrid key", re.compile(r"(?<![A-Za-z0-9_-])SG\.[\w-]{16,32}\.[\w-]{32,64}")),
    ("an npm token", re.compile(r"(?<![A-Za-z0-9_-])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])")),
    ("a PyPI token", re.compile(r"(?<![A-Za-z0-9_-])pypi-AgE[\w-]{50,1000}")),
    ("a Vault token", re.compile(r"(?<![A-Za-z0-9_-])hv[sb]\.[\w-]{24,512}")),
    ("a Terraform Cloud token", re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,255}")),
    ("a Databricks token", re.compile(r"(?<![A-Za-z0-9_-])dapi[a-f0-9]{32}(?![a-f0-9])")),
    ("a private key", re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\[rn]|\s){0,4}[A-Za-z0-9+/=]{40}")),
    ("a password in an address", re.compile(r"\b[a-z][a-z0-9+.-]{1,30}://[^\s/:@\"'<>$]{1,256}:[^\s/@\"'<>${}*]{4,512}@[\w.-]")),
)


def token(text: str) -> str:
    """What kind of secret a text holds that is known by its form alone; empty when none."""
    return next((kind for kind, form in _TOKENS if form.search(text)), "")
