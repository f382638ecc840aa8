"""Whether what a pipeline names is there."""

from __future__ import annotations

import pytest

from auditor.views.pipeline.repository import Repository, clean

HERE = Repository(["deploy/app.yaml", "src/main.py", "scripts/build.sh"])


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("deploy/app.yaml", True),
        ("./deploy", True),
        ("deploy/", True),
        ("deploy/x.yaml", False),
        (".", True),
        ("../x", None),
        ("/etc", None),
    ],
)
def test_what_is_there(path: str, there: bool | None) -> None:
    assert HERE.has(path) is there
    assert Repository(None).has(path) is None


def test_what_was_meant() -> None:
    assert HERE.nearest("k8s/app.yaml") == "deploy/app.yaml"
    assert HERE.nearest("script/build.sh") == "scripts/build.sh"
    assert HERE.nearest("entirely/other") == ""


def test_a_clean_path() -> None:
    assert (clean("a/../b/./c"), clean("a/../../b")) == ("b/c", None)
