"""Where the paths in a document start."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Auditor, Write


@pytest.mark.parametrize(
    ("format_", "path"),
    [
        *((name, "envs/prod/main.tf") for name in ("markdown", "sarif", "github", "gitlab", "junit")),
        ("text", "main.tf"),
    ],
)
def test_what_a_server_shows_has_the_paths_of_the_repository(
    auditor: Auditor, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, format_: str, path: str
) -> None:
    write({".git/HEAD": "", "envs/prod/main.tf": 'resource "aws_ebs_volume" "a" {\n  size      = 1\n  encrypted = false\n}\n'})
    monkeypatch.chdir(tmp_path / "envs" / "prod")
    out = auditor("scan", ".", "--format", format_).out
    assert path in out
    assert ("envs/prod" in out) == (format_ != "text")
