"""Pipelines with one defect each, and their mended twins: the defect is found at its line, and nothing else is said that is not true.

`pipeline_defects/<platform>.md` holds them: a title, the rule, what else is true of it (`also:`), and under *Bad* and *Good* the files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor import testing
from auditor.engine import page, rulebook
from auditor.engine.runner import run
from auditor.model.finding import Finding
from auditor.model.rule import Example, Rule, Severity
from tests.conftest import CHECKOUT

FOLDER = Path(__file__).parent / "pipeline_defects"
LABELLED = CHECKOUT.parent / "shared/data/pipeline_defects"

REPOSITORY = {
    "Dockerfile": 'FROM scratch\nCOPY app /app\nUSER 1000\nENTRYPOINT ["/app"]\n',
    "app": "",
    "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "deploy.sh": "",
    "infra/main.tf": 'terraform {\n  backend "gcs" {\n    bucket = "shop-state"\n  }\n}\n',
    "k8s/web.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: shop}\n",
    "migrate.sh": "",
    "notify.sh": "",
}
"""What lies beside the pipelines, unless a case brings its own."""


@dataclass(frozen=True)
class Case:
    """One defect: the rule that finds it, the other rules that are right about it, and the two versions."""

    platform: str
    title: str
    rule: str
    also: frozenset[str]
    bad: Example
    good: Example


def _cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.md")):
        for text in re.split(r"(?m)^# ", path.read_text("utf-8"))[1:]:
            title, _, rest = text.partition("\n")
            rule = re.search(r"(?m)^rule: `([\w-]+)`$", rest)
            also = re.findall(r"(?m)^also: `([\w-]+)` \S", rest)
            examples = page.parse(rest).examples
            assert rule is not None, title
            bad, good = (next(it for it in examples if it.bad is wanted) for wanted in (True, False))
            yield Case(path.stem, title, rule[1], frozenset(also), bad, good)


CASES = list(_cases())


@pytest.fixture(scope="module")
def rules() -> list[Rule]:
    return list(rulebook.load(rulebook.builtin_root()))


def _findings(rules: list[Rule], files: dict[str, str], repository: dict[str, str] = REPOSITORY) -> list[Finding]:
    """What is found in these files, among those of the repository."""
    scene = testing.read(Example("case", "", tuple({**repository, **files}.items()), 1, bad=True))
    found = [finding for graph in scene.graphs for result in [run(rules, graph)] for finding in result.findings]
    return [finding for finding in found if finding.span.file in files]


def _loud(findings: list[Finding]) -> list[str]:
    return sorted(f"{it.span.file}:{it.span.line} {it.rule}: {it.message}" for it in findings if it.severity >= Severity.MEDIUM)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.platform}-{case.title}" for case in CASES])
def test_defect(case: Case, rules: list[Rule]) -> None:
    findings = _findings(rules, dict(case.bad.files))
    mine = {(it.span.file, it.span.line) for it in findings if it.rule == case.rule}
    assert mine == case.bad.expected
    assert _loud([it for it in findings if it.rule not in {case.rule, *case.also}]) == []
    assert case.also <= {it.rule for it in findings}


@pytest.mark.parametrize("case", CASES, ids=[f"{case.platform}-{case.title}" for case in CASES])
def test_mended_twin(case: Case, rules: list[Rule]) -> None:
    assert _loud(_findings(rules, dict(case.good.files))) == []


def test_every_platform_has_its_defects() -> None:
    assert {case.platform for case in CASES} == {
        *("github", "gitlab", "circleci", "azure", "bitbucket", "jenkins", "codebuild", "argo", "tekton"),
    }
    assert len(CASES) >= 60


LABELS = {
    "01_needs_unknown": ("pipelines-github-job-need-unknown", 9),
    "02_cycle": ("pipelines-github-job-needs-cycle", 10),
    "04_output_name_typo": ("pipelines-reference-output-never-written", 14),
    "06_env_undefined": ("pipelines-reference-variable-misspelt", 12),
    "08_no_timeout_deploy": ("pipelines-time-deploy-without-timeout", 7),
    "10_concurrency_sha_key": ("pipelines-concurrency-lock-new-in-every-run", 7),
    "11_concurrency_head_ref_runid": ("pipelines-concurrency-lock-new-in-every-run", 7),
    "12_cancel_terraform": ("pipelines-concurrency-stateful-deploy-cancelled", 8),
    "13_no_rollout_status": ("pipelines-deployment-rollout-not-awaited", 13),
    "15_helm_no_wait": ("pipelines-deployment-helm-without-wait", 13),
    "16_continue_on_error_deploy": ("pipelines-deployment-failure-tolerated", 14),
    "22_set_output": ("pipelines-github-workflow-command-disabled", 10),
    "23_cron_overlap": ("pipelines-github-schedule-too-frequent", 4),
    "24_matrix_exclude": ("pipelines-github-matrix-exclusion-ineffective", 12),
    "25_dead_if": ("pipelines-condition-never-true", 8),
    "26_docker_context": ("pipelines-path-dockerfile-missing", 10),
    "27_latest_push": ("pipelines-image-only-latest-pushed", 12),
    "29_tf_apply_on_pr": ("pipelines-terraform-apply-on-pull-request", 9),
    "30_secret_maybe_missing_fork": ("pipelines-secret-empty-in-forks", 10),
    "31_concurrency_deadlock": ("pipelines-concurrency-lock-held-by-itself", 9),
    "33_pipe_no_pipefail": ("pipelines-deployment-failure-swallowed", 11),
    "34_block_scalar_if": ("pipelines-github-condition-always-true", 10),
    "38_workdir_missing": ("pipelines-path-working-directory-missing", 9),
}
"""Which rule finds the labelled defect, and at which line."""
IN_A_REPOSITORY = {"26_docker_context", "38_workdir_missing"}
"""Defects that only the rest of the repository shows; the others are files that stand alone."""
TRUE_AS_WELL = {
    "pipelines-time-deploy-without-timeout",  # jobs that deploy have none in several of them
}


@pytest.mark.skipif(not LABELLED.is_dir(), reason="the labelled defects lie beside the checkout, in ../shared/data")
@pytest.mark.parametrize("name", sorted(LABELS))
def test_labelled_defect(name: str, rules: list[Rule]) -> None:
    assert set(json.loads((LABELLED / "labels.json").read_text("utf-8"))["cases"]) == set(LABELS)
    path = f".github/workflows/{name}.yml" if name in IN_A_REPOSITORY else f"{name}.yml"
    findings = _findings(rules, {path: (LABELLED / f"workflows/{name}.yml").read_text("utf-8")}, {})
    rule, line = LABELS[name]
    assert (path, line) in {(it.span.file, it.span.line) for it in findings if it.rule == rule}
    assert _loud([it for it in findings if it.rule not in {rule, *TRUE_AS_WELL}]) == []
