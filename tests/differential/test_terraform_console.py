"""Every expression gives what the real `terraform console` gives: the same value, type and sensitivity, or an error too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.differential.console import Answer, Console, our_answer, our_shape
from tests.differential.generator import expressions
from tests.differential.probes import probe_expressions
from tests.differential.terraform_binary import TERRAFORM

pytestmark = pytest.mark.skipif(
    TERRAFORM is None, reason="terraform is not installed: https://developer.hashicorp.com/terraform/install (1.11)"
)


@pytest.fixture(scope="session")
def console(tmp_path_factory: pytest.TempPathFactory) -> Console:
    """The real terraform in a folder with some files."""
    return Console(tmp_path_factory.mktemp("console"))


def read_expressions(name: str) -> list[str]:
    """The expressions of a file: one on a line, `#` begins a comment line."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line.strip() and not line.startswith("#")]


def differences(expressions: Iterable[str], theirs: Sequence[Answer], ours: Sequence[Answer]) -> str:
    """What differs, for a person to read; empty when nothing does."""
    return "\n".join(
        f"{expression}\n    terraform: {their.shown}\n    ours:      {our.shown} {our.error}"
        for expression, their, our in zip(expressions, theirs, ours, strict=True)
        if their.shown != our.shown
    )


def compare(console: Console, found: Iterable[str]) -> int:
    """Asserts that nothing differs; how many expressions were compared."""
    listed = list(dict.fromkeys(found))
    problems = differences(listed, console.answers(listed), [our_answer(expression, console.folder) for expression in listed])
    assert not problems, problems
    return len(listed)


def test_written_expressions(console: Console) -> None:
    assert compare(console, read_expressions("expressions.txt")) >= 1500


def test_every_function_with_every_kind_of_argument(console: Console) -> None:
    assert compare(console, probe_expressions()) >= 6000


def test_expressions_over_unknown_values(console: Console) -> None:
    found = read_expressions("unknown_expressions.txt")
    problems = differences(found, console.shapes(found), [our_shape(expression, console.folder) for expression in found])
    assert len(found) >= 150
    assert not problems, problems


@settings(max_examples=5, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(found=st.lists(expressions(), min_size=250, max_size=250))
def test_generated_expressions(console: Console, found: list[str]) -> None:
    compare(console, found)
