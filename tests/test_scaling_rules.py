"""Rules about scaling on whole groups: their verdicts against a simulator, and on estates as they are written."""

from __future__ import annotations

import random
from typing import Any

import pytest

from auditor.engine import rulebook
from auditor.engine.runner import Dispatch, run
from auditor.model.resource import Resource
from auditor.views.scaling.change import INFINITY
from tests.made import graph, resource
from tests.scaling_simulator import Group, Policy
from tests.test_scaling_arithmetic import a_policy, simulated

ROOT = rulebook.builtin_root()
SHARED = {"namespace": "AWS/EC2", "metric_name": "CPUUtilization", "statistic": "Average", "period": 60}


def messages(rule: str, *resources: Resource) -> list[str]:
    """What a rule finds."""
    chosen = Dispatch([rulebook.load_file(ROOT, ROOT / rule)])
    return [finding.message for finding in run(chosen, graph(*resources)).findings]


def table(policy: Policy) -> dict[str, Any]:
    """A step policy as it is written; a state has texts for the bounds, and an empty one for none."""
    steps = [
        {
            "metric_interval_lower_bound": "" if start == -INFINITY else str(start),
            "metric_interval_upper_bound": "" if end == INFINITY else str(end),
            "scaling_adjustment": amount,
        }
        for start, end, amount in policy.steps
    ]
    return {"adjustment_type": policy.kind, "min_adjustment_magnitude": policy.magnitude, "step_adjustment": steps}


def alarm(name: str, policy: Policy, kind: str) -> Resource:
    operator = "GreaterThanOrEqualToThreshold" if policy.rising else "LessThanOrEqualToThreshold"
    body = {**SHARED, "comparison_operator": operator, "threshold": policy.threshold, "evaluation_periods": 3}
    return resource(f"aws_cloudwatch_metric_alarm.{name}", {**body, "alarm_actions": [{"$ref": f"{kind}.{name}#arn"}]})


def ec2(group: Group) -> list[Resource]:
    """An Auto Scaling group with its two policies and alarms."""
    made = [resource("aws_autoscaling_group.g", {"name": "g", "min_size": group.least, "max_size": group.most})]
    for name, policy in zip(("out", "in"), group.policies, strict=True):
        body = {"autoscaling_group_name": "g", "policy_type": "StepScaling", **table(policy)}
        made += [resource(f"aws_autoscaling_policy.{name}", body), alarm(name, policy, "aws_autoscaling_policy")]
    return made


def service(group: Group) -> list[Resource]:
    """A service of ECS with the same."""
    scaled = {"service_namespace": "ecs", "resource_id": "service/c/s", "scalable_dimension": "ecs:service:DesiredCount"}
    made = [resource("aws_appautoscaling_target.t", {**scaled, "min_capacity": group.least, "max_capacity": group.most})]
    for name, policy in zip(("out", "in"), group.policies, strict=True):
        body = {**scaled, "policy_type": "StepScaling", "step_scaling_policy_configuration": [table(policy)]}
        made += [resource(f"aws_appautoscaling_policy.{name}", body), alarm(name, policy, "aws_appautoscaling_policy")]
    return made


@pytest.mark.parametrize(
    ("rule", "build"),
    [("aws/autoscaling/thresholds_overlap.py", ec2), ("aws/application_autoscaling/thresholds_overlap.py", service)],
)
def test_overlap_is_what_the_simulator_sees(rule: str, build: Any) -> None:
    chance = random.Random(6)
    chosen = Dispatch([rulebook.load_file(ROOT, ROOT / rule)])
    verdicts = {True: 0, False: 0}
    for _ in range(250):
        least = chance.randint(1, 3)
        kind, widest = chance.choice([("ChangeInCapacity", 3), ("PercentChangeInCapacity", 90)])
        out = a_policy(chance, chance.randint(3, 9), kind, widest, rising=True, magnitude=1)
        back = a_policy(chance, chance.randint(1, 8), kind, widest, rising=False, magnitude=1)
        group = Group(least, least + chance.randint(0, 3), (out, back))
        found = bool(run(chosen, graph(*build(group))).findings)
        assert found == simulated(group), group
        verdicts[found] += 1
    assert min(verdicts.values()) > 30


# -- one number on both sides of each bound


def balanced(**group: Any) -> list[Resource]:
    check = {"interval": 10, "healthy_threshold": 4, "unhealthy_threshold": 3}
    target = resource("aws_lb_target_group.t", {"arn": "arn:t", "health_check": [check]})
    body = {"name": "g", "min_size": 2, "max_size": 4, "health_check_type": "ELB", "target_group_arns": ["arn:t"]}
    return [target, resource("aws_autoscaling_group.g", {**body, **group})]


@pytest.mark.parametrize(
    ("warmup", "grace", "found"),
    [(30, 0, False), (31, 71, False), (31, 70, True), (0, 160, False), (0, 159, True), (0, 0, True)],
)
def test_grace_on_both_sides(warmup: int, grace: int, found: bool) -> None:
    resources = balanced(default_instance_warmup=warmup, health_check_grace_period=grace)
    assert bool(messages("aws/autoscaling/grace_period_too_short.py", *resources)) is found


@pytest.mark.parametrize(
    ("period", "count", "points", "warmup", "found"),
    [
        (60, 5, None, 300, False),
        (60, 5, None, 301, True),
        (60, 6, None, 60, True),
        (60, 10, 5, 300, False),
        (100, 3, 0, 300, False),
        (100, 4, 0, 60, True),
    ],
)
def test_reaction_on_both_sides(period: int, count: int, points: int | None, warmup: int, found: bool) -> None:
    body = {**SHARED, "period": period, "evaluation_periods": count, "datapoints_to_alarm": points, "threshold": 70}
    rings = resource("aws_cloudwatch_metric_alarm.a", {**body, "alarm_actions": [{"$ref": "aws_autoscaling_policy.p#arn"}]})
    policy = resource("aws_autoscaling_policy.p", {"autoscaling_group_name": "g", "scaling_adjustment": 1})
    group = resource("aws_autoscaling_group.g", {"name": "g", "min_size": 2, "max_size": 4, "default_instance_warmup": warmup})
    assert bool(messages("aws/autoscaling/reacts_too_late.py", rings, policy, group)) is found


@pytest.mark.parametrize(
    ("zones", "target", "found"),
    [(1, 80, False), (1, 81, True), (2, 45, False), (2, 46, True), (3, 60, False), (3, 61, True), (4, 67, False), (4, 68, True)],
)
def test_room_for_a_zone_on_both_sides(zones: int, target: int, found: bool) -> None:
    group = resource("aws_autoscaling_group.g", {"name": "g", "availability_zones": [f"eu-west-1{letter}" for letter in "abcd"[:zones]]})
    metric = [{"predefined_metric_type": "ASGAverageCPUUtilization"}]
    tracking = [{"target_value": target, "predefined_metric_specification": metric}]
    policy = resource("aws_autoscaling_policy.p", {"autoscaling_group_name": "g", "target_tracking_configuration": tracking})
    assert bool(messages("aws/autoscaling/target_leaves_no_room.py", group, policy)) is found


@pytest.mark.parametrize(("cooldown", "delay", "found"), [(180, "120", False), (179, "120", True), (360, None, False), (359, None, True)])
def test_cooldowns_on_both_sides(cooldown: int, delay: str | None, found: bool) -> None:
    scaled = {"service_namespace": "ecs", "resource_id": "service/c/s", "scalable_dimension": "ecs:service:DesiredCount"}
    tracking = [{"target_value": 60, "scale_in_cooldown": cooldown, "scale_out_cooldown": 60}]
    resources = [
        resource("aws_appautoscaling_policy.p", {**scaled, "target_tracking_scaling_policy_configuration": tracking}),
        resource("aws_appautoscaling_target.t", {**scaled, "min_capacity": 2, "max_capacity": 9}),
        resource("aws_ecs_service.s", {"name": "s", "cluster": "c", "load_balancer": [{"target_group_arn": "arn:t"}]}),
        resource("aws_lb_target_group.t", {"arn": "arn:t", "deregistration_delay": delay}),
    ]
    assert bool(messages("aws/application_autoscaling/cooldown_invites_oscillation.py", *resources)) is found


@pytest.mark.parametrize(("most", "quota", "found"), [(16, 64, False), (17, 64, True), (16, 63, True)])
def test_quota_on_both_sides(most: int, quota: int, found: bool) -> None:
    template = resource("aws_launch_template.t", {"name": "t", "instance_type": "m6i.xlarge"})
    group = resource("aws_autoscaling_group.g", {"name": "g", "max_size": most, "launch_template": [{"name": "t"}]})
    declared = resource("aws_servicequotas_service_quota.q", {"service_code": "ec2", "quota_code": "L-1216C47A", "value": quota})
    assert bool(messages("aws/autoscaling/maximum_exceeds_quota.py", template, group, declared)) is found


@pytest.mark.parametrize(("first", "second", "found"), [("0 6 * * *", "15 6 * * *", True), ("0 6 * * *", "16 6 * * *", False)])
def test_schedules_on_both_sides(first: str, second: str, found: bool) -> None:
    usual = {"autoscaling_group_name": "g", "min_size": -1, "max_size": -1}
    one = resource("aws_autoscaling_schedule.a", {**usual, "desired_capacity": 2, "recurrence": first})
    two = resource("aws_autoscaling_schedule.b", {**usual, "desired_capacity": 9, "recurrence": second})
    assert bool(messages("aws/autoscaling/schedules_collide.py", one, two)) is found


@pytest.mark.parametrize(
    ("interval", "timeout", "found"),
    [(10, 9, False), (10, 10, True), (5, None, True), (6, None, False), (None, 30, True), (None, 29, False)],
)
def test_health_checks_on_both_sides(interval: int | None, timeout: int | None, found: bool) -> None:
    health = {"command": ["CMD", "/ok"], **({"interval": interval} if interval else {}), **({"timeout": timeout} if timeout else {})}
    task = resource("aws_ecs_task_definition.t", {"container_definitions": [{"name": "web", "healthCheck": health}]})
    assert bool(messages("aws/ecs/health_check_overlaps.py", task)) is found
