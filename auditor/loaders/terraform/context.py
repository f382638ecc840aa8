"""What functions may read of the world: files of the repository, and nothing else."""

from __future__ import annotations

from posixpath import isabs, join, normpath, relpath

from auditor.loaders.files import Files, Unreadable
from auditor.loaders.terraform.functions import CallContext
from auditor.loaders.terraform.types import EvaluationError
from auditor.model.value import Unknown


def make_context(files: Files, module: str, root: str) -> CallContext:
    """The context of a module's calls. Terraform runs in the root module, so relative paths start there."""
    del module

    def resolve(path: str) -> str:
        return normpath(path if isabs(path) or root in ("", ".") else join(root, path))

    raise NotImplementedError((files, relpath, Unreadable, EvaluationError, Unknown, resolve))
