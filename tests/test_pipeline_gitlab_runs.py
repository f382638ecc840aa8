"""Which jobs GitLab adds to which pipeline."""

from __future__ import annotations

import pytest

from auditor.views.gitlab.condition import Mistake, Open, Variables, holds, parse
from auditor.views.pipeline.runs import job_runs, situations
from tests.test_pipeline_gitlab import load, pipelines


def answer(text: str, known: Variables) -> bool | None:
    tree = parse(text)
    assert not isinstance(tree, Mistake), tree
    return holds(tree, known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$A", True),
        ("$EMPTY", False),
        ("$NONE", False),
        ("$OPEN", None),
        ("$GIVEN", True),
        ("$A == 'a'", True),
        ('$A != "a"', False),
        ("$A == 'b' || $OPEN", None),
        ("$A == 'b' && $OPEN", False),
        ("$NONE == null", True),
        ("$GIVEN == null", False),
        ("$GIVEN == ''", False),
        ("$GIVEN == 'x'", None),
        ("$OTHER == $MAIN", False),
        ("$MAIN =~ /^ma/", True),
        ("$MAIN =~ /^MA/i", True),
        ("$MAIN !~ /^x/", True),
        ("$NONE =~ /x/", False),
        ("$PATTERN_HOLDER =~ $PATTERN", True),
        ("($A == 'a' || $OPEN) && $MAIN == 'main'", True),
        ("$A == 'a' && ($OPEN || $MAIN)", True),
    ],
)
def test_conditions(text: str, expected: bool | None) -> None:
    known = {
        "A": "a",
        "EMPTY": "",
        "NONE": None,
        "GIVEN": Open(given=True),
        "MAIN": "main",
        "OTHER": Open(given=True, never=frozenset({"main"})),
        "PATTERN": "/^v\\d/",
        "PATTERN_HOLDER": "v1",
    }
    assert answer(text, known) is expected


@pytest.mark.parametrize(
    ("text", "at"), [("${A} == 'x'", 0), ("$A ==", 5), ("$A == 'x' )", 10), ("($A", 3), ("$A = 'x'", 3), ("$A 'x'", 3)]
)
def test_mistakes(text: str, at: int) -> None:
    found = parse(text)
    assert isinstance(found, Mistake)
    assert found.at == at


CONFIG = """\
build: {script: [x], rules: [{if: $CI_PIPELINE_SOURCE == "merge_request_event"}, {if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH}]}
plain: {script: [x]}
never: {script: [x], rules: [{when: never}]}
release: {script: [x], rules: [{if: $CI_COMMIT_TAG}, {if: $CI_COMMIT_BRANCH == "develop", when: manual}, {when: never}]}
changed: {script: [x], rules: [{changes: [a/**]}]}
old: {script: [x], only: [main, tags]}
except: {script: [x], except: [schedules]}
"""


def test_which_jobs_are_in_which_pipeline() -> None:
    (found,) = pipelines(load({".gitlab-ci.yml": CONFIG}))
    table = {it.text: {job.key: job_runs(job, it) for job in found.jobs} for it in situations(found)}
    main, tag, merge = table["a push to the default branch"], table["a push of a tag"], table["a merge request"]
    assert main == {"build": True, "plain": True, "never": False, "release": False, "changed": None, "old": True, "except": True}
    assert merge == {"build": True, "plain": False, "never": False, "release": False, "changed": None, "old": False, "except": False}
    assert tag == {"build": False, "plain": True, "never": False, "release": True, "changed": None, "old": True, "except": True}
    assert table["a push to develop"]["release"] is True
    assert table["a push to another branch"]["build"] is False
    assert table["its schedule"]["except"] is False


def test_pipelines_that_never_come_about() -> None:
    (found,) = pipelines(load({".gitlab-ci.yml": "workflow: {rules: [{if: $CI_COMMIT_TAG}]}\na: {script: [x]}\n"}))
    assert [it.text for it in situations(found)] == ["a push of a tag"]
