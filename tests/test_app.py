"""Which files are read, and how the work is spread."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.app import parallel
from auditor.app.tree import open_tree
from auditor.loaders import Loading, Unit
from auditor.model.error import InputError


@pytest.fixture
def estate(write: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write({".git/HEAD": "", "envs/a/main.tf": "", "envs/b/main.tf": "", "envs/b/more.tf": "", "modules/m/main.tf": ""})
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize(
    ("paths", "root", "named", "listed"),
    [
        ([], ".", (), {"envs/a/main.tf", "envs/b/main.tf", "envs/b/more.tf", "modules/m/main.tf"}),
        (["envs/b"], "envs/b", (), {"main.tf", "more.tf"}),
        (["envs/b/more.tf"], "envs/b", ("more.tf",), {"more.tf"}),
        (["envs/a", "envs/b"], "envs", (), {"a/main.tf", "b/main.tf", "b/more.tf"}),
        (["envs/a", "modules/m/main.tf"], ".", ("envs/a", "modules/m/main.tf"), {"envs/a/main.tf", "modules/m/main.tf"}),
        (["envs", "envs/a"], "envs", (), {"a/main.tf", "b/main.tf", "b/more.tf"}),
    ],
)
def test_the_tree_of_some_paths(estate: Path, paths: list[str], root: str, named: tuple[str, ...], listed: set[str]) -> None:
    tree = open_tree(paths)
    assert (tree.root, tree.named, set(tree.files.paths)) == (root, named, listed)
    assert tree.repository == estate


def test_what_lies_outside_of_the_repository_is_read_only_when_it_is_named(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.tfvars"
    secret.write_text("a = 1\n")
    tree = open_tree(["envs/a"])
    path = tree.relative(str(secret))
    assert path.startswith("../")
    assert not tree.files.exists(path)
    assert tree.reading([str(secret)]).files.read(path) == "a = 1\n"
    assert tree.files.exists("../../modules/m/main.tf")
    (estate / "link.tf").symlink_to(secret)
    assert not tree.files.exists("../../link.tf")


def test_a_path_that_is_not_there(estate: Path) -> None:
    with pytest.raises(InputError, match="no file or folder 'gone'"):
        open_tree(["gone"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('resource "a" "b" {}', "stdin.tf"),
        ("locals {\n a = 1\n}", "stdin.tf"),
        ('{"a": 1}', "stdin.json"),
        ("a: 1\nresource: {}\n", "stdin.yaml"),
    ],
)
def test_standard_input_is_known_by_its_content(text: str, name: str) -> None:
    assert open_tree(["-"], text).files.paths == (name,)


def _units(*weights: int) -> list[Unit]:
    return [Unit("test", f"u{number}", (), weight, Loading) for number, weight in enumerate(weights)]


def test_work_is_spread_over_processes_in_the_order_of_the_units() -> None:
    units = _units(100_000, 900_000, 500_000, 700_000)
    here = os.getpid()
    results = list(parallel.spread(units, lambda unit: (unit.name, os.getpid())))
    assert [name for name, _ in results] == ["u0", "u1", "u2", "u3"]
    cores = len(os.sched_getaffinity(0))
    assert (here in {pid for _, pid in results}) == (cores == 1)


@pytest.mark.parametrize("weights", [(), (5_000_000,), (10_000, 20_000), (5_000_000, 1_000)])
def test_little_work_stays_in_this_process(weights: tuple[int, ...]) -> None:
    assert set(parallel.spread(_units(*weights), lambda _unit: os.getpid())) <= {os.getpid()}


def test_a_defect_in_another_process_is_loud() -> None:
    def broken(_unit: Unit) -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(parallel.spread(_units(900_000, 900_000), broken))
