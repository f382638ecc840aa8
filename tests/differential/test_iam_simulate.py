"""Decisions over requests as an evaluator that others wrote decides them: every difference belongs to a family that the guide explains."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.differential.iam_compare import FAMILIES, ours, readings
from tests.differential.iam_requests import simulation

DRIVER = Path(__file__).with_name("iam_simulate.mjs")
REQUESTS = int(os.environ.get("IAM_REQUESTS", "1500"))
"""10000 takes about a minute."""


def _package() -> str:
    named = os.environ.get("IAM_SIMULATE", "")
    if named or not shutil.which("npm"):
        return named
    root = subprocess.run(["npm", "root", "-g"], capture_output=True, text=True, check=False).stdout.strip()
    return f"{root}/@cloud-copilot/iam-simulate"


PACKAGE = _package()

needs_simulator = pytest.mark.skipif(
    not shutil.which("node") or not Path(PACKAGE, "dist/esm/index.js").is_file(),
    reason="the simulator is not here: npm install -g @cloud-copilot/iam-simulate, or name its folder in IAM_SIMULATE",
)

ANSWERS = {"Allowed": "allow", "ImplicitlyDenied": "implicit_deny", "ExplicitlyDenied": "explicit_deny"}


@needs_simulator
def test_random_requests() -> None:
    simulations = [simulation(seed) for seed in range(REQUESTS)]
    command = ["node", os.fspath(DRIVER), PACKAGE]
    done = subprocess.run(command, input="\n".join(map(json.dumps, simulations)), capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(simulations)
    assert [answer["error"] for answer in answers if "error" in answer] == []
    different, found = Counter[str](), Counter[str]()
    for number, (asked, answer) in enumerate(zip(simulations, answers, strict=True)):
        for key in answer["ignored"]:
            asked["request"]["contextVariables"].pop(key, None)
        decision = ours(asked).effect.value
        found[decision] += 1
        theirs = ANSWERS[answer["result"]]
        if decision != theirs:
            explained = [name for name, other in readings(asked).items() if other.effect.value == theirs]
            assert explained, f"request {number}: {decision}, others say {theirs}"
            different[explained[0]] += 1
    assert min(found["allow"], found["explicit_deny"], found["implicit_deny"]) > REQUESTS / 20
    assert different.total() < REQUESTS / 25


def test_every_family_is_explained() -> None:
    guide = (CHECKOUT / "docs/guide/iam.md").read_text("utf-8")
    assert [name for name in FAMILIES if f"### {name[0].upper()}{name[1:]}" not in guide] == []
