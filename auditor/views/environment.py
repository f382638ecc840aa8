"""Environment variables of functions, containers and builds: whether one holds a secret in clear text."""

from __future__ import annotations

import re
from typing import Final

from auditor.model.node import Node, Undecided
from auditor.model.redacted_text import mask_text
from auditor.model.redaction import reference, secret_name
from auditor.views.secret import blank

SHORTEST: Final = 4
"""A shorter text behind a secret name is a switch or a number, not a secret."""

_POINTER = re.compile(r"/|arn:|https?://[^@]*$|s3://|ssm:|\{\{|<")
"""What a secret name may hold without holding a secret: a path, a reference, an address, a blank to fill in."""

_SOURCES = frozenset(
    {
        ("random_password", "result"),
        ("aws_secretsmanager_secret_version", "secret_string"),
        ("aws_secretsmanager_random_password", "random_password"),
        ("aws_iam_access_key", "secret"),
        ("aws_db_instance", "password"),
        ("aws_rds_cluster", "master_password"),
        ("tls_private_key", "private_key_pem"),
        ("vault_generic_secret", "data"),
    }
)
"""(type, attribute) of what is a secret by its nature."""


def holds_secret(name: str, value: Node) -> bool:
    """Whether a variable holds a secret that everybody can read who may describe the function, task or build.

    Raises `Undecided` when the name or the declaration says secret, but the value is not known.
    """
    if any((_kind(ref.address.text), ref.attribute.split(".")[0].split("[")[0]) in _SOURCES for ref in value.refs):
        return value.present
    named = secret_name(name) or value.sensitive
    if value.unknown:
        if named and not value.refs:
            raise Undecided(value)
        return False
    text = value.text or ""
    if reference(text) or _POINTER.match(text) or blank(text):
        return False
    return (named and len(text) >= SHORTEST) or mask_text(text) != text


def _kind(address: str) -> str:
    """The type in an address, also below modules and of data sources."""
    parts = re.sub(r"\[[^\]]*\]", "", address).split(".")
    return parts[-2] if len(parts) > 1 else ""
