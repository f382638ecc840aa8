"""What a plan does to a resource that exists."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.model.graph import Graph
from auditor.views.planned_change import planned_change
from tests.aws_made import messages, outcome, planned

BEFORE: dict[str, Any] = {"identifier": "orders", "engine": "postgres", "instance_class": "db.m6g.large", "apply_immediately": True}


def _plan(after: dict[str, Any], actions: list[str], *, before: dict[str, Any] | None = BEFORE, **more: Any) -> Graph:
    change = {"actions": actions, "before": before, "after": after, "after_unknown": {}, **more}
    return planned({"aws_db_instance.orders": (after, change)})


@pytest.mark.parametrize(
    ("changed", "value", "expected"),
    [
        ("instance_class", "db.m6g.xlarge", "fail"),
        ("engine_version", "16.4", "fail"),
        ("parameter_group_name", "other", "fail"),
        ("allocated_storage", 200, "pass"),
        ("backup_retention_period", 7, "pass"),
        ("instance_class", "db.m6g.large", "pass"),
    ],
)
def test_what_restarts(changed: str, value: Any, expected: str) -> None:
    assert outcome("aws/rds/restarted_by_apply", _plan({**BEFORE, changed: value}, ["update"])) == expected


@pytest.mark.parametrize(
    "more",
    [
        {"apply_immediately": False},
        {"blue_green_update": [{"enabled": True}]},
        {"tags": {"Environment": "dev"}},
    ],
)
def test_what_does_not_hurt(more: dict[str, Any]) -> None:
    assert outcome("aws/rds/restarted_by_apply", _plan({**BEFORE, **more, "instance_class": "db.m6g.xlarge"}, ["update"])) == "pass"


def test_a_new_database_restarts_nothing() -> None:
    graph = _plan({**BEFORE, "instance_class": "db.m6g.xlarge"}, ["create"], before=None)
    assert outcome("aws/rds/restarted_by_apply", graph) == "pass"
    assert planned_change(graph.of("aws_db_instance")[0]) is None


@pytest.mark.parametrize(
    ("actions", "expected"), [(["delete", "create"], "fail"), (["create", "delete"], "fail"), (["update"], "pass"), (["no-op"], "pass")]
)
def test_what_is_replaced(actions: list[str], expected: str) -> None:
    graph = _plan({**BEFORE, "engine": "mysql"}, actions, replace_paths=[["engine"], ["identifier"]])
    assert outcome("terraform/stateful_resource_replaced", graph) == expected
    if expected == "fail":
        assert messages("terraform/stateful_resource_replaced", graph) == [
            "the apply deletes it, with its data, and creates another one, because engine and identifier cannot be changed in place"
        ]


def test_a_secret_of_the_body_before_is_none_to_be_shown() -> None:
    graph = _plan(
        {**BEFORE, "password": "new"}, ["update"], before={**BEFORE, "password": "hunter2hunter2"}, before_sensitive={"password": True}
    )
    change = planned_change(graph.of("aws_db_instance")[0])
    assert change is not None
    assert change.before.at("password").sensitive
    assert "hunter2" not in json.dumps(change.before.plain())
