"""YAML with the line and column of every key and value, typed as the reader of the file types it."""

from auditor.loaders.yaml.dialect import Dialect
from auditor.loaders.yaml.tree import Document, Table, Written, read_yaml

__all__ = ["Dialect", "Document", "Table", "Written", "read_yaml"]
