"""Links never lead out of the boundary, whichever part of the path they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.loaders.files import Files, Unreadable


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("inside/a.tf", "inside/deep/b.tf", "outside/secret.tf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# text\n")
    (tmp_path / "inside" / "same.tf").symlink_to("a.tf")
    (tmp_path / "inside" / "leak.tf").symlink_to(tmp_path / "outside" / "secret.tf")
    (tmp_path / "inside" / "chain.tf").symlink_to("leak.tf")
    (tmp_path / "inside" / "out").symlink_to(tmp_path / "outside")
    (tmp_path / "inside" / "in").symlink_to("deep")
    return tmp_path / "inside"


@pytest.mark.parametrize("path", ["a.tf", "same.tf", "deep/b.tf", "in/b.tf", "deep/../a.tf"])
def test_what_stays_inside_is_read(tree: Path, path: str) -> None:
    files = Files(tree)
    assert files.exists(path)
    assert files.read(path) == "# text\n"


@pytest.mark.parametrize("path", ["leak.tf", "chain.tf", "out/secret.tf", "../outside/secret.tf", "deep/../../outside/secret.tf"])
def test_what_leads_out_is_not_read(tree: Path, path: str) -> None:
    files = Files(tree)
    for _ in range(2):  # what is remembered of a folder changes nothing
        assert not files.exists(path)
        with pytest.raises(Unreadable, match="outside"):
            files.read(path)
    assert files.folder("out") == ()
    assert not files.is_folder("out")
    assert files.folder("in") == ("b.tf",)
