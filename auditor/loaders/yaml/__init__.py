"""YAML with the line and column of every key and value, typed as the reader of the file types it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.loaders.yaml.dialect import Dialect
from auditor.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    from auditor.loaders.yaml.tree import Document

__all__ = ["Dialect", "read_yaml"]


def read_yaml(text: str, file: str, dialect: Dialect) -> tuple[list[Document], list[Diagnostic]]:
    """(documents, problems) of a text; a broken document is one problem, an empty one nothing."""
    from auditor.loaders.yaml import tree  # the parser is loaded for the first text, not for every command

    return tree.read_yaml(text, file, dialect)
