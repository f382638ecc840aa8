"""What functions may read of the world: the files of the repository, and nothing else."""

from __future__ import annotations

from posixpath import isabs, join, normpath

from auditor.loaders.files import Files, Unreadable
from auditor.loaders.terraform.functions import CallContext, OutsideRepository
from auditor.loaders.terraform.values.types import EvaluationError


def make_context(files: Files, root: str) -> CallContext:
    """The context of a module's calls. Terraform runs in the root module's folder, so relative paths start there."""

    def resolve(path: str) -> str:
        if isabs(path):
            raise OutsideRepository(path)
        return normpath(path if root in ("", ".") else join(root, path))

    def read_file(path: str) -> bytes:
        try:
            return files.read_bytes(resolve(path))
        except Unreadable as error:
            if error.diagnostic.code == "file-missing":
                raise EvaluationError(f"no file exists at {path!r}") from None
            raise OutsideRepository(path) from None

    def list_files(path: str) -> tuple[str, ...]:
        return files.below(resolve(path))

    return CallContext(root_dir=root, read_file=read_file, list_files=list_files)
