"""Who changed a line: from the right history, and without running anything that the repository names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from auditor.app import git
from auditor.model.span import Span


def run(folder: Path, *args: str, **env: str) -> str:
    settings = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z"}
    names = {f"GIT_{role}_NAME": "Ada" for role in ("AUTHOR", "COMMITTER")}
    mails = {f"GIT_{role}_EMAIL": "ada@example.com" for role in ("AUTHOR", "COMMITTER")}
    environment = {"PATH": os.environ["PATH"], **settings, **names, **mails, **env}
    done = subprocess.run(["git", *args], cwd=folder, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    (folder / "net").mkdir(parents=True)
    run(folder, "init", "-q", "-b", "main")
    (folder / "net/main.tf").write_text("one\ntwo\nthree\n")
    run(folder, "add", ".")
    run(folder, "commit", "-q", "-m", "Add the network")
    (folder / "net/main.tf").write_text("one\n2\nthree\n")
    run(folder, "commit", "-q", "-a", "-m", "Count with digits", GIT_AUTHOR_NAME="Grace", GIT_AUTHOR_DATE="2026-02-03T00:00:00Z")
    return folder


def at(file: str, line: int) -> Span:
    return Span(file, line, 1, line, 2)


def test_each_line_has_the_commit_that_changed_it(repository: Path) -> None:
    found = git.blame([at("net/main.tf", 1), at("net/main.tf", 2)], repository)
    first, second = found[at("net/main.tf", 1)], found[at("net/main.tf", 2)]
    assert (first.who, first.summary) == ("Ada", "Add the network")
    assert (second.who, second.summary, second.ref) == ("Grace", "Count with digits", run(repository, "rev-parse", "HEAD"))
    assert second.when.isoformat() == "2026-02-03T00:00:00+00:00"


def test_lines_that_moved_on_the_disk_keep_their_commit_and_new_ones_have_none(repository: Path) -> None:
    (repository / "net/main.tf").write_text("zero\none\n2\nthree\n")
    found = git.blame([at("net/main.tf", line) for line in (1, 2, 3, 9)], repository)
    assert {span.line: change.summary for span, change in found.items()} == {2: "Add the network", 3: "Count with digits"}


def test_a_repository_that_merely_contains_the_tree_is_not_asked(repository: Path) -> None:
    assert git.blame([at("main.tf", 1)], repository / "net") == {}


def test_a_repository_inside_the_tree_is_asked(repository: Path) -> None:
    assert git.blame([at("repo/net/main.tf", 1)], repository.parent)[at("repo/net/main.tf", 1)].who == "Ada"


def test_files_outside_the_tree_and_uncommitted_ones_have_no_history(repository: Path) -> None:
    (repository / "new.tf").write_text("x\n")
    assert git.blame([at("../other/main.tf", 1), at("new.tf", 1), at("gone.tf", 1)], repository) == {}


def test_without_git_there_is_no_history(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert git.blame([at("net/main.tf", 1)], repository) == {}


def test_nothing_that_the_repository_names_is_run(repository: Path, tmp_path: Path) -> None:
    trap, sprung = tmp_path / "trap.sh", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\ncat\n")
    trap.chmod(0o755)
    for setting in (
        *("core.fsmonitor", "core.pager", "core.sshCommand", "core.gitProxy", "core.editor", "core.askPass", "core.alternateRefsCommand"),
        *("diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process"),
        *("gpg.program", "credential.helper", "uploadpack.packObjectsHook", "interactive.diffFilter", "pager.blame", "alias.blame"),
    ):
        run(repository, "config", setting, str(trap))
    for setting, value in (("core.hooksPath", str(tmp_path)), ("log.showSignature", "true"), ("filter.evil.required", "true")):
        run(repository, "config", setting, value)
    (repository / ".git/info/attributes").write_text("* filter=evil diff=evil\n")
    (repository / ".gitattributes").write_text("* filter=evil diff=evil\n")
    (repository / "net/main.tf").write_text("zero\none\n2\nthree\n")
    assert git.blame([at("net/main.tf", 2)], repository)[at("net/main.tf", 2)].who == "Ada"
    assert not sprung.exists()
    subprocess.run(["git", "blame", "net/main.tf"], cwd=repository, capture_output=True, check=False)
    assert sprung.exists(), "the traps would have worked"


def test_nothing_is_fetched_for_a_partial_clone(repository: Path, tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    run(repository, "config", "core.repositoryformatversion", "1")
    run(repository, "config", "extensions.partialClone", "origin")
    run(repository, "config", "remote.origin.url", f"ext::sh -c touch% {sprung}")
    run(repository, "config", "remote.origin.promisor", "true")
    run(repository, "config", "protocol.ext.allow", "always")
    blob = run(repository, "rev-parse", "HEAD:net/main.tf")
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert git.blame([at("net/main.tf", 1)], repository) == {}
    assert not sprung.exists()


def test_a_file_name_is_no_option_and_no_pattern(tmp_path: Path) -> None:
    run(tmp_path, "init", "-q", "-b", "main")
    for name in ("--output=x.tf", "*.tf", ":(top)a.tf"):
        (tmp_path / name).write_text(f"{name}\n")
    run(tmp_path, "add", ".")
    run(tmp_path, "commit", "-q", "-m", "Odd names")
    for name in ("--output=x.tf", "*.tf", ":(top)a.tf"):
        assert git.blame([at(name, 1)], tmp_path)[at(name, 1)].summary == "Odd names"
