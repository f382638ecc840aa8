"""Findings on estates that the real AWS provider planned and applied: plan and state tell what the code told, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml

from auditor.engine import rulebook
from auditor.engine.runner import run
from auditor.links import links
from auditor.loaders import Loading, Settings, terraform_state
from auditor.loaders.files import Files
from auditor.loaders.terraform import units
from auditor.loaders.terraform_plan import load as load_plan
from auditor.model.finding import Finding
from auditor.model.graph import Graph
from auditor.model.resource import Facet
from auditor.model.rule import Rule

ESTATES = Path(__file__).parents[3] / "shared" / "data" / "aws_real"
NAMES = sorted(path.parent.name for path in ESTATES.glob("*/plan_create.json"))

pytestmark = pytest.mark.skipif(not NAMES, reason="the recorded estates are not beside this checkout")

Found: TypeAlias = "set[tuple[str, str]]"
"""(rule, address)."""

FILLED_IN = {
    "aws-kms-key-without-policy": "AWS writes its default policy",
    "aws-lambda-tracing-not-configured": "the state has PassThrough, which another rule finds",
}
"""What is not declared in the code, and is not missing in the state."""

ONLY_APPLIED = {
    "aws-guardduty-bucket-protection-off": "whether the protection is on is known after the apply",
    "aws-lambda-tracing-passive": "see above",
    "aws-rds-storage-bursts": "which storage the class takes is known after the apply",
}
"""What only the state can tell."""

LESS_STRICT = {"aws-autoscaling-target-leaves-no-room": "with unknown zones the limit of a single one holds"}
"""What a plan judges by less, for it knows less."""


@cache
def rules() -> tuple[Rule, ...]:
    """The rules for AWS."""
    return tuple(rule for rule in rulebook.load(rulebook.builtin_root()) if rule.id.startswith("aws-"))


def judged(loading: Loading) -> tuple[Found, Found]:
    """What the rules find, and of what they are unsure; data sources left out, whose documents a plan and a state hold where they are used."""
    results = run(rules(), Graph(loading.resources, links(), loading.gaps))
    assert not results.errors
    return places(results.findings), places(results.unsure)


def places(findings: Iterable[Finding]) -> Found:
    """The rules with the resources that they found."""
    return {(it.rule, it.resource) for it in findings if not it.resource.startswith("data.") and ".data." not in it.resource}


@cache
def estate(name: str) -> tuple[tuple[Found, Found], tuple[Found, Found], tuple[Found, Found]]:
    """What is found in code, plan and state."""
    folder = ESTATES / name
    arguments = yaml.safe_load((folder / "truth.yaml").read_text()).get("plan_args") or []
    settings = Settings(var_files=tuple(argument.removeprefix("-var-file=") for argument in arguments))
    code = next(unit for unit in units(Files(folder / "code"), settings) if unit.name == ".").load()
    plan = load_plan(Files.of({"plan.json": (folder / "plan_create.json").read_text()}), "plan.json")
    state = terraform_state.load(Files.of({"terraform.tfstate": (folder / "terraform.tfstate").read_text()}), "terraform.tfstate")
    return judged(code), judged(plan), judged(state)


def about(facet: Facet, found: Found) -> Found:
    """What rules say that judge this facet."""
    judging = {rule.id for rule in rules() if facet in rule.facets}
    return {place for place in found if place[0] in judging}


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_tells_what_the_code_tells(name: str) -> None:
    (code, doubted), (plan, unsure), _ = estate(name)
    assert plan <= code | doubted
    assert {place for place in about(Facet.PLANNED, code) - plan - unsure if place[0] not in LESS_STRICT} == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_state_tells_what_the_code_tells(name: str) -> None:
    (code, doubted), _, (state, _) = estate(name)
    assert {place for place in state - code - doubted if place[0] not in ONLY_APPLIED} == set()
    assert {place for place in about(Facet.RECORDED, code) - state if place[0] not in FILLED_IN} == set()


def test_the_reasons_are_of_today() -> None:
    pairs = [estate(name) for name in NAMES]
    filled = {rule for (code, _), _, (state, _) in pairs for rule, _ in about(Facet.RECORDED, code) - state}
    applied = {rule for (code, doubted), _, (state, _) in pairs for rule, _ in state - code - doubted}
    less = {rule for (code, _), (plan, unsure), _ in pairs for rule, _ in about(Facet.PLANNED, code) - plan - unsure}
    assert (filled, applied, less) == (set(FILLED_IN), set(ONLY_APPLIED), set(LESS_STRICT))
