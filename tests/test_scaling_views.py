"""Views of Auto Scaling: what is written, read as the API would."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from auditor.model.node import Undecided
from auditor.model.resource import Facet, Resource
from auditor.views import application_scaling, dynamodb_table, image
from auditor.views.instance_type import instance_type
from auditor.views.scaling import alarm, capacity_provider, fleet, group, heap, hook, launch, placement, quota, schedule, service, task
from auditor.views.scaling.change import INFINITY, Bounds, Change, Step
from auditor.views.scaling.clash import clash
from auditor.views.scaling.policy import largest_step, scales_in, steps
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}


def ref(address: str) -> dict[str, str]:
    return {"$ref": address}


def asg(**body: Any) -> Resource:
    return resource("aws_autoscaling_group.g", {"name": "g", "min_size": 2, "max_size": 10, **body})


def watch(**body: Any) -> Resource:
    usual = {"namespace": "AWS/EC2", "metric_name": "CPUUtilization", "statistic": "Average", "period": 60, "evaluation_periods": 3}
    return resource("aws_cloudwatch_metric_alarm.a", {**usual, **body})


# -- alarms


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ({}, 180),
        ({"datapoints_to_alarm": 2}, 120),
        ({"datapoints_to_alarm": 0}, 180),
        ({"period": 300}, 900),
        ({"period": None}, None),
        ({"period": 0, "metric_query": [{"metric": [{"period": 120}]}, {"expression": "m1*2"}]}, 360),
        ({"period": 0, "metric_query": [{"metric": [{"period": 60}]}, {"metric": [{"period": 300}]}]}, 900),
        ({"evaluation_periods": None}, None),
    ],
)
def test_time_until_an_alarm_rings(body: dict[str, Any], seconds: float | None) -> None:
    assert alarm.detection(watch(**body).body) == seconds


def test_what_an_alarm_watches() -> None:
    plain = watch(dimensions={"AutoScalingGroupName": "g"})
    made = watch(dimensions={"AutoScalingGroupName": ref("aws_autoscaling_group.g#name")})
    assert alarm.metric(plain.body) == ("AWS/EC2", "CPUUtilization", "Average", (("AutoScalingGroupName", "g"),))
    assert alarm.metric(made.body) == ("AWS/EC2", "CPUUtilization", "Average", (("AutoScalingGroupName", "aws_autoscaling_group.g.name"),))
    assert alarm.metric(watch(statistic=None, extended_statistic="p99").body) is None
    assert alarm.metric(watch(metric_name=None).body) is None
    with pytest.raises(Undecided):
        alarm.metric(watch(dimensions={"AutoScalingGroupName": UNKNOWN}).body)


@pytest.mark.parametrize(
    ("name", "statistic", "shared"),
    [
        ("CPUUtilization", "Average", True),
        ("CPUUtilization", "Maximum", False),
        ("RequestCountPerTarget", "Sum", True),
        ("RequestCount", "Sum", False),
    ],
)
def test_metrics_that_fall_with_each_instance(name: str, statistic: str, shared: bool) -> None:
    assert alarm.is_shared(("AWS/EC2", name, statistic, ())) is shared


# -- policies


def test_steps_of_policies() -> None:
    simple = resource(
        "aws_autoscaling_policy.s", {"scaling_adjustment": 50, "adjustment_type": "PercentChangeInCapacity", "min_adjustment_magnitude": 2}
    )
    ladder = {
        "policy_type": "StepScaling",
        "adjustment_type": "ChangeInCapacity",
        "step_adjustment": [
            {"metric_interval_lower_bound": "0", "metric_interval_upper_bound": "10", "scaling_adjustment": 1},
            {"metric_interval_lower_bound": "10", "metric_interval_upper_bound": "", "scaling_adjustment": 3},
        ],
    }
    stepped = resource("aws_autoscaling_policy.l", ladder)
    assert steps(simple.body) == (Step(-INFINITY, INFINITY, Change("PercentChangeInCapacity", Fraction(50), 2)),)
    assert [(step.lower, step.upper, int(step.change.amount)) for step in steps(stepped.body)] == [
        (Fraction(0), Fraction(10), 1),
        (Fraction(10), INFINITY, 3),
    ]
    assert largest_step(stepped.body) == 3
    assert steps(resource("aws_autoscaling_policy.t", {"policy_type": "TargetTrackingScaling"}).body) == ()
    scaled = resource("aws_appautoscaling_policy.p", {"step_scaling_policy_configuration": [ladder]})
    assert application_scaling.steps(scaled.body) == steps(stepped.body)


@pytest.mark.parametrize(
    ("body", "takes"),
    [
        ({"scaling_adjustment": -1}, True),
        ({"scaling_adjustment": 1}, False),
        ({"scaling_adjustment": 3, "adjustment_type": "ExactCapacity"}, True),
        ({"policy_type": "TargetTrackingScaling", "target_tracking_configuration": [{"target_value": 50}]}, True),
        (
            {"policy_type": "TargetTrackingScaling", "target_tracking_configuration": [{"target_value": 50, "disable_scale_in": True}]},
            False,
        ),
        ({"policy_type": "PredictiveScaling"}, False),
    ],
)
def test_who_takes_instances_out(body: dict[str, Any], takes: bool) -> None:
    assert scales_in(resource("aws_autoscaling_policy.p", body).body) is takes


ONE = (Step(-INFINITY, INFINITY, Change("ChangeInCapacity", Fraction(1))),)
BACK = (Step(-INFINITY, INFINITY, Change("ChangeInCapacity", Fraction(-1))),)


@pytest.mark.parametrize(
    ("high", "low", "words"),
    [
        (
            {},
            {"threshold": 50},
            "at 70 the size goes from 2 to 3, which leaves 46.7; scale-in at 50 takes it back to 2, and so on for ever",
        ),
        ({}, {"threshold": 46}, None),
        ({}, {"threshold": 50, "metric_name": "NetworkIn"}, None),
        ({}, {"threshold": 50, "dimensions": {"X": "y"}}, None),
        ({"metric_name": "Jobs"}, {"threshold": 50, "metric_name": "Jobs"}, None),
        ({"metric_name": "Jobs"}, {"threshold": 70, "metric_name": "Jobs"}, None),
        ({"metric_name": "Jobs"}, {"threshold": 71, "metric_name": "Jobs"}, "between 70 and 71 both alarms ring, and the group only grows"),
        ({"comparison_operator": "LessThanThreshold"}, {"threshold": 50}, None),
    ],
)
def test_alarms_that_undo_each_other(high: dict[str, Any], low: dict[str, Any], words: str | None) -> None:
    upper = watch(**{"threshold": 70, "comparison_operator": "GreaterThanThreshold", **high})
    lower = watch(**{"comparison_operator": "LessThanThreshold", **low})
    found = clash(upper.body, ONE, lower.body, BACK, Bounds(2, 10))
    assert (found.words if found else None) == words


def test_the_remedy_leaves_a_margin() -> None:
    found = clash(
        watch(threshold=70, comparison_operator="GreaterThanThreshold").body,
        ONE,
        watch(threshold=50, comparison_operator="LessThanThreshold").body,
        BACK,
        Bounds(2, 10),
    )
    assert found is not None
    assert found.remedy(0.9) == pytest.approx(42)


# -- what a group launches


@pytest.mark.parametrize(
    "body",
    [
        {"launch_template": [{"id": ref("aws_launch_template.t#id")}]},
        {"launch_template": [{"name": "t"}]},
        {
            "mixed_instances_policy": [
                {"launch_template": [{"launch_template_specification": [{"launch_template_id": ref("aws_launch_template.t#id")}]}]}
            ]
        },
    ],
)
def test_templates_of_a_group(body: dict[str, Any]) -> None:
    template = resource("aws_launch_template.t", {"name": "t", "instance_type": "m6i.large"})
    whole = graph(template, mine := asg(**body))
    assert launch.sources(mine, whole) == (template,)
    assert [it.name for it in launch.types(mine, whole) or ()] == ["m6i.large"]
    assert launch.monitored_coarsely(mine, whole) is template


def test_overrides_come_before_the_template() -> None:
    template = resource("aws_launch_template.t", {"name": "t", "instance_type": "m6i.large"})
    specification = [{"launch_template_name": "t"}]
    overrides = [{"instance_type": "c6i.large"}, {"instance_type": "m99.large"}]
    mixed = asg(mixed_instances_policy=[{"launch_template": [{"launch_template_specification": specification, "override": overrides}]}])
    whole = graph(template, mixed)
    assert [node.text for node in launch.type_names(mixed, whole)] == ["c6i.large", "m99.large"]
    assert launch.types(mixed, whole) is None  # one of them is not known


@pytest.mark.parametrize(
    ("kind", "body", "coarse"),
    [
        ("aws_launch_template", {}, True),
        ("aws_launch_template", {"monitoring": [{"enabled": False}]}, True),
        ("aws_launch_template", {"monitoring": [{"enabled": True}]}, False),
        ("aws_launch_configuration", {}, False),
        ("aws_launch_configuration", {"enable_monitoring": False}, True),
    ],
)
def test_monitoring(kind: str, body: dict[str, Any], coarse: bool) -> None:
    source = resource(f"{kind}.s", {"name": "s", **body})
    mine = asg(**({"launch_configuration": "s"} if kind == "aws_launch_configuration" else {"launch_template": [{"name": "s"}]}))
    assert (launch.monitored_coarsely(mine, graph(source, mine)) is source) is coarse


@pytest.mark.parametrize(
    ("own", "template", "seconds", "words"),
    [
        ({"default_instance_warmup": 90}, {}, 90, "default_instance_warmup"),
        ({"default_instance_warmup": 0}, {}, 120, "assumed for Linux"),
        ({}, {}, 120, "assumed for Linux"),
        ({}, {"user_data": "<powershell>\nInstall-WindowsFeature Web-Server\n</powershell>"}, 300, "assumed for Windows"),
        ({}, {"image_id": ref("data.aws_ami.w#id")}, 300, "assumed for Windows"),
        ({}, {"user_data": "#!/bin/sh\nsystemctl start web"}, 120, "assumed for Linux"),
        ({}, {"user_data": UNKNOWN}, 120, "assumed for Linux"),
    ],
)
def test_how_long_a_start_takes(own: dict[str, Any], template: dict[str, Any], seconds: float, words: str) -> None:
    windows = resource("data.aws_ami.w", {"filter": [{"name": "name", "values": ["Windows_Server-2022-English-Full-Base-*"]}]})
    source = resource("aws_launch_template.t", {"name": "t", **template})
    mine = asg(launch_template=[{"name": "t"}], **own)
    found = launch.start(mine, graph(windows, source, mine), 120, 300)
    assert (found.seconds, found.words) == (seconds, words)


def test_an_unknown_warm_up_is_not_assumed() -> None:
    mine = asg(default_instance_warmup=UNKNOWN)
    with pytest.raises(Undecided):
        launch.start(mine, graph(mine), 120, 300)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([{"name": "architecture", "values": ["arm64"]}], {"arm64"}),
        ([{"name": "architecture", "values": ["arm64", "x86_64"]}], {"arm64", "x86_64"}),
        ([{"name": "name", "values": ["ubuntu/images/*-amd64-server-*"]}], {"x86_64"}),
        ([{"name": "name", "values": ["al2023-*-x86_64", "al2023-*"]}], set()),
        ([{"name": "name", "values": ["my-image-*"]}], set()),
        ([], set()),
    ],
)
def test_what_an_image_is_built_for(filters: list[dict[str, Any]], found: set[str]) -> None:
    lookup = resource("data.aws_ami.i", {"filter": filters})
    user = resource("aws_instance.i", {"ami": ref("data.aws_ami.i#id")})
    assert image.architectures(user.at("ami"), graph(lookup, user)) == found


# -- one group


def test_balancers_of_a_group() -> None:
    target = resource("aws_lb_target_group.t", {"arn": "arn:t"})
    classic = resource("aws_elb.e", {"name": "e"})
    mine = asg(target_group_arns=["arn:t"], load_balancers=["e"])
    whole = graph(target, classic, mine)
    assert group.balancers(mine, whole) == (target, classic)
    assert group.target_groups(mine, whole) == (target,)
    assert group.unseen_balancer(mine, whole) is None
    made = asg(target_group_arns=[ref("aws_lb_target_group.t#arn")])
    assert group.balancers(made, graph(target, made)) == (target,)
    stray = asg(target_group_arns=["arn:t", "arn:x"], load_balancers=None)
    found = group.unseen_balancer(stray, graph(target, stray))
    assert found is not None
    assert found.text == "arn:x"


def test_zones_of_a_group_that_names_none() -> None:
    assert group.zones(asg(), graph()) is None
    assert group.zones(asg(availability_zones=[]), graph()) is None
    assert group.zones(asg(availability_zones=[UNKNOWN]), graph()) is None


def test_tags_without_a_key_control_nothing() -> None:
    mine = asg(tag=[{"value": "x"}, {"key": "Name", "value": "x"}])
    assert not group.is_controlled_elsewhere(mine, graph(mine))
    marked = asg(tags=[{"key": "AmazonECSManaged", "value": ""}])
    assert group.is_controlled_elsewhere(marked, graph(marked))


def test_a_fleet_in_one_object() -> None:
    quick = resource("aws_lb_target_group.q", {"arn": "arn:q", "health_check": [{"interval": 10}]})
    slow = resource(
        "aws_lb_target_group.s", {"arn": "arn:s", "health_check": [{"interval": 30, "healthy_threshold": 5, "unhealthy_threshold": 2}]}
    )
    mine = asg(default_instance_warmup=90, target_group_arns=["arn:q", "arn:s"])
    out = resource("aws_autoscaling_policy.out", {"autoscaling_group_name": "g", "scaling_adjustment": 1})
    back = resource("aws_autoscaling_policy.in", {"autoscaling_group_name": "g", "scaling_adjustment": -1})
    exact = resource(
        "aws_autoscaling_policy.exact", {"autoscaling_group_name": "g", "scaling_adjustment": 4, "adjustment_type": "ExactCapacity"}
    )
    found = fleet.Fleet(mine, graph(quick, slow, mine, out, back, exact))
    assert found.bounds == Bounds(2, 10)
    assert list(found.growing) == [out]
    assert not found.has_launch_hook
    assert not found.is_forewarned
    assert (found.healthy.seconds, found.healthy.checks, found.healthy.judge) == (240, 150, slow)
    assert found.sick == (240, slow)
    reaction = found.reaction(watch().body)
    assert reaction is not None
    assert reaction.seconds == 420
    assert reaction.words == "180 s until the alarm rings, 90 s to start (default_instance_warmup), 150 s of health checks"
    assert found.reaction(watch(period=None).body) is None


def test_a_balancer_that_is_only_named_may_take_it_for_sick() -> None:
    patient = resource("aws_lb_target_group.p", {"arn": "arn:p", "health_check": [{"interval": 60, "unhealthy_threshold": 10}]})
    mine = asg(target_group_arns=["arn:p", "arn:elsewhere"])
    with pytest.raises(Undecided):
        _ = fleet.Fleet(mine, graph(patient, mine)).sick
    strict = resource("aws_lb_target_group.s", {"arn": "arn:s", "health_check": [{"interval": 10, "unhealthy_threshold": 2}]})
    certain = asg(target_group_arns=["arn:s", "arn:elsewhere"])
    assert fleet.Fleet(certain, graph(strict, certain)).sick == (150, strict)
    alone = asg(target_group_arns=["arn:p"])
    assert fleet.Fleet(alone, graph(patient, alone)).sick == (0, patient)


def test_a_fleet_without_balancers_that_is_forewarned() -> None:
    mine = asg(initial_lifecycle_hook=[{"lifecycle_transition": group.LAUNCHING}])
    predictive = resource("aws_autoscaling_policy.p", {"autoscaling_group_name": "g", "policy_type": "PredictiveScaling"})
    found = fleet.Fleet(mine, graph(mine, predictive), linux=50)
    assert found.has_launch_hook
    assert found.is_forewarned
    assert (found.healthy.seconds, found.healthy.judge) == (50, None)


# -- quotas


@pytest.mark.parametrize(
    ("name", "mixed", "instances"),
    [
        ("m6i.xlarge", None, 10),
        ("is4gen.xlarge", None, 10),
        ("g5.xlarge", None, None),
        ("inf1.xlarge", None, None),
        ("m99.xlarge", None, None),
        ("m6i.xlarge", {"on_demand_base_capacity": 2, "on_demand_percentage_above_base_capacity": 0}, 2),
        ("m6i.xlarge", {"on_demand_base_capacity": 2, "on_demand_percentage_above_base_capacity": 30}, 5),
        ("m6i.xlarge", {"on_demand_percentage_above_base_capacity": 0}, None),
        ("m6i.xlarge", {}, 10),
        ("m6i.xlarge", {"on_demand_percentage_above_base_capacity": 30}, 3),
        ("m6i.xlarge", {"on_demand_base_capacity": 20, "on_demand_percentage_above_base_capacity": 0}, 10),
    ],
)
def test_how_many_instances_count(name: str, mixed: dict[str, int] | None, instances: int | None) -> None:
    template = resource("aws_launch_template.t", {"name": "t", "instance_type": name})
    policy = {"instances_distribution": [mixed], "launch_template": [{"launch_template_specification": [{"launch_template_name": "t"}]}]}
    mine = asg(launch_template=[{"name": "t"}]) if mixed is None else asg(mixed_instances_policy=[policy])
    found = quota.demand(mine, graph(template, mine))
    assert (found.instances if found else None) == instances
    assert found is None or found.vcpus == 4 * found.instances


def test_weighted_instances_are_not_counted() -> None:
    override = [{"instance_type": "m6i.large", "weighted_capacity": "2"}]
    mine = asg(mixed_instances_policy=[{"instances_distribution": [{}], "launch_template": [{"override": override}]}])
    assert quota.demand(mine, graph(mine)) is None


def test_the_smallest_type_counts() -> None:
    override = [{"instance_type": "m6i.2xlarge"}, {"instance_type": "m6i.large"}]
    mine = asg(mixed_instances_policy=[{"instances_distribution": [{}], "launch_template": [{"override": override}]}])
    found = quota.demand(mine, graph(mine))
    assert found is not None
    assert (found.type.name, found.vcpus) == ("m6i.large", 20)


def test_declared_quotas() -> None:
    mine = resource("aws_servicequotas_service_quota.q", {"service_code": "ec2", "quota_code": quota.STANDARD, "value": 64})
    other = resource("aws_servicequotas_service_quota.o", {"service_code": "vpc", "quota_code": "L-F678F1CE", "value": 5})
    found = quota.standard_quota(graph(mine, other))
    assert found is not None
    assert found.number == 64
    assert quota.standard_quota(graph(other)) is None
    assert (
        quota.standard_quota(
            graph(resource("aws_servicequotas_service_quota.g", {"service_code": "ec2", "quota_code": "L-DB2E81BA", "value": 8}))
        )
        is None
    )
    one_region = resource("provider.aws", {}, kind="provider.aws")
    assert quota.standard_quota(graph(mine, one_region)) is not None
    regions = (resource(f"provider.aws.{name}", {}, kind="provider.aws") for name in ("a", "b"))
    with pytest.raises(Undecided):
        quota.standard_quota(graph(mine, *regions))


# -- scheduled actions


def action(name: str, facet: Facet = Facet.WRITTEN, /, **body: Any) -> Resource:
    return resource(f"aws_autoscaling_schedule.{name}", {"autoscaling_group_name": "g", **body}, facet=facet)


def test_a_size_that_is_left_out_is_zero_in_code_only() -> None:
    assert schedule.sizes(action("a", desired_capacity=3, min_size=-1)) == schedule.Sizes(None, 3, 0)
    assert schedule.sizes(action("a", Facet.RUNNING, desired_capacity=3, min_size=-1)) == schedule.Sizes(None, 3, None)
    assert schedule.sizes(action("a", Facet.PLANNED, desired_capacity=3, min_size=1, max_size=-1)).aim == 3


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"recurrence": "0 6 * * *"}, {"recurrence": "10 6 * * *"}, 10),
        ({"recurrence": "55 23 * * *"}, {"recurrence": "5 0 * * *"}, 10),
        ({"recurrence": "0 6,18 * * *"}, {"recurrence": "10 6 * * *"}, 10),
        ({"recurrence": "0 6 * * MON-FRI"}, {"recurrence": "0 6 * * SAT,SUN"}, None),
        ({"recurrence": "0 6 1 * *"}, {"recurrence": "0 6 2 * *"}, None),
        ({"recurrence": "0 6 * 1 *"}, {"recurrence": "0 6 * 2 *"}, None),
        ({"recurrence": "0 6 * * *"}, {"recurrence": "0 6 * * *", "time_zone": "Europe/Berlin"}, None),
        ({"recurrence": "0 6 * * *", "time_zone": "UTC"}, {"recurrence": "0 7 * * *"}, 60),
        ({"recurrence": "0 6 1 * MON"}, {"recurrence": "0 6 * * *"}, None),
        ({"recurrence": "0 6 * *"}, {"recurrence": "0 6 * * *"}, None),
        ({}, {"recurrence": "0 6 * * *"}, None),
    ],
)
def test_minutes_between_actions(one: dict[str, str], other: dict[str, str], apart: int | None) -> None:
    assert schedule.minutes_apart(action("a", Facet.WRITTEN, **one).body, action("b", Facet.WRITTEN, **other).body) == apart


def test_actions_of_the_same_group() -> None:
    first, second, other = action("a"), action("b"), action("c", autoscaling_group_name="other")
    made = action("d", autoscaling_group_name=ref("aws_autoscaling_group.g#name"))
    whole = graph(first, second, other, made)
    assert schedule.earlier_of_group(second, whole) == (first,)
    assert schedule.earlier_of_group(made, whole) == schedule.earlier_of_group(first, whole) == ()


# -- hooks


@pytest.mark.parametrize(
    ("more", "may"),
    [
        (resource("aws_iam_policy.p", {"policy": '{"Statement":[{"Action":"autoscaling:CompleteLifecycleAction"}]}'}), True),
        (resource("aws_iam_policy.p", {"policy": '{"Statement":[{"Action":"autoscaling:*"}]}'}), True),
        (resource("aws_iam_policy.p", {"policy": '{"Statement":[{"Action":"autoscaling:Describe*"}]}'}), False),
        (resource("aws_iam_policy.p", {"policy": UNKNOWN}), True),
        (resource("data.aws_iam_policy_document.d", {"statement": [{"actions": ["autoscaling:CompleteLifecycleAction"]}]}), True),
        (resource("aws_cloudwatch_event_rule.r", {"event_pattern": '{"detail-type":["EC2 Instance-launch Lifecycle Action"]}'}), True),
        (resource("aws_cloudwatch_event_rule.r", {"event_pattern": '{"source":["aws.ec2"]}'}), False),
    ],
)
def test_who_may_complete_a_hook(more: Resource, may: bool) -> None:
    assert hook.may_be_completed_by_others(graph(more)) is may


def test_hooks_by_transition() -> None:
    inside = asg(initial_lifecycle_hook=[{"lifecycle_transition": group.TERMINATING}])
    beside = resource("aws_autoscaling_lifecycle_hook.h", {"autoscaling_group_name": "g", "lifecycle_transition": group.LAUNCHING})
    whole = graph(inside, beside)
    assert len(list(group.hooks(inside, whole, group.TERMINATING))) == 1
    assert [it.at("autoscaling_group_name").text for it in group.launch_hooks(inside, whole)] == ["g"]


# -- tasks


def definition(containers: list[dict[str, Any]], **body: Any) -> Resource:
    return resource("aws_ecs_task_definition.t", {"container_definitions": containers, **body})


@pytest.mark.parametrize(
    ("containers", "body", "cpu", "memory", "ports"),
    [
        ([{"cpu": 256, "memory": 512}, {"cpu": 10, "memoryReservation": 64, "memory": 128}], {}, 266, 576, 0),
        ([{"cpu": 256, "memory": 512}], {"cpu": "1 vCPU", "memory": "2 GB"}, 1024, 2048, 0),
        ([{"memory": 512, "portMappings": [{"containerPort": 80, "hostPort": 80}]}], {}, 0, 512, 1),
        ([{"memory": 512, "portMappings": [{"containerPort": 80, "hostPort": 0}]}], {}, 0, 512, 0),
        ([{"name": "web"}], {}, 0, 0, 0),
        ([{"memory": 512, "portMappings": [{"containerPort": 80, "hostPort": 80}]}], {"network_mode": "awsvpc"}, 0, 512, 0),
    ],
)
def test_what_a_task_needs(containers: list[dict[str, Any]], body: dict[str, Any], cpu: float, memory: float, ports: int) -> None:
    mine = definition(containers, **body)
    found = task.need(mine, graph(mine))
    assert (found.cpu, found.memory, len(found.ports)) == (cpu, memory, ports)


@pytest.mark.parametrize(
    ("need", "count"),
    [
        (task.Need(512, 2048, ()), 4),
        (task.Need(512, 2049, ()), 3),
        (task.Need(1025, 0, ()), 1),
        (task.Need(2049, 0, ()), 0),
        (task.Need(0, 0, ()), None),
        (task.Need(256, 512, (resource("x.y", {"port": 80}).at("port"),)), 1),
    ],
)
def test_tasks_on_an_instance(need: task.Need, count: int | None) -> None:
    large = instance_type("m6i.large")
    assert large is not None
    assert need.fits(large) == count


@pytest.mark.parametrize(
    ("text", "amount"),
    [("512", 512), ("1 vCPU", 1024), (".5 vCPU", None), ("0.5 vcpu", 512), ("2 GB", 2048), ("2GB", 2048), ("", None), ("x", None)],
)
def test_amounts_of_tasks(text: str, amount: float | None) -> None:
    assert task.amount(resource("aws_ecs_task_definition.t", {"memory": text}).at("memory")) == amount


def test_the_longest_start_counts() -> None:
    slow, fast, none = (
        {"name": "x", "healthCheck": {"command": ["CMD"], **more}} for more in ({"startPeriod": 90}, {"startPeriod": 5}, {})
    )
    mine = definition([fast, slow, none])
    found = task.start_period(mine, graph(mine))
    assert found is not None
    assert (found[0], found[1].number) == (90, 90)
    silent = definition([none, {"name": "y"}])
    assert task.start_period(silent, graph(silent)) is None


def test_heaps_of_containers() -> None:
    java = {"name": "shop", "memory": 1024, "environment": [{"name": "JAVA_TOOL_OPTIONS", "value": "-Xmx512m"}]}
    script = {"name": "render", "command": ["node", "--max-old-space-size=256", "main.js"]}
    mine = definition([java, script], memory="2048")
    first, second = mine.at("container_definitions").each()
    assert [heap.share(it, 1024) for it in heap.heaps(first)] == [0.5]
    assert [(it.runtime, heap.share(it, 2048)) for it in heap.heaps(second)] == [("Node.js", 0.125)]
    own, whole = heap.limit(first, mine), heap.limit(second, mine)
    assert own is not None
    assert whole is not None
    assert (own[0], whole[0]) == (1024, 2048)
    assert heap.limit(second, definition([script])) is None


# -- services


def test_groups_behind_a_service() -> None:
    mine = asg(arn="arn:g")
    provider = resource(
        "aws_ecs_capacity_provider.p",
        {"name": "p", "auto_scaling_group_provider": [{"auto_scaling_group_arn": ref("aws_autoscaling_group.g#arn")}]},
    )
    own = resource("aws_ecs_service.own", {"name": "own", "capacity_provider_strategy": [{"capacity_provider": "p"}]})
    cluster = resource("aws_ecs_cluster.c", {"name": "c"})
    defaults = resource(
        "aws_ecs_cluster_capacity_providers.d", {"cluster_name": "c", "default_capacity_provider_strategy": [{"capacity_provider": "p"}]}
    )
    by_default = resource("aws_ecs_service.default", {"name": "default", "cluster": ref("aws_ecs_cluster.c#id")})
    fargate = resource(
        "aws_ecs_service.f", {"name": "f", "capacity_provider_strategy": [{"capacity_provider": "FARGATE"}, {"capacity_provider": "p"}]}
    )
    launched = resource("aws_ecs_service.l", {"name": "l", "launch_type": "EC2", "cluster": ref("aws_ecs_cluster.c#id")})
    stray = resource("aws_ecs_service.s", {"name": "s", "capacity_provider_strategy": [{"capacity_provider": "elsewhere"}]})
    whole = graph(mine, provider, own, cluster, defaults, by_default, fargate, launched, stray)
    assert capacity_provider.groups(own, whole) == capacity_provider.groups(by_default, whole) == (mine,)
    assert capacity_provider.groups(fargate, whole) == capacity_provider.groups(launched, whole) == ()
    with pytest.raises(Undecided):
        capacity_provider.groups(stray, whole)
    assert capacity_provider.services(provider, whole) == (own, by_default, fargate)


def test_tasks_that_fit_into_all_groups() -> None:
    small = resource("aws_launch_template.s", {"name": "s", "instance_type": "m6i.large"})
    new = resource("aws_launch_template.n", {"name": "n", "instance_type": "m99.large"})
    one, two = (
        asg(launch_template=[{"name": "s"}]),
        resource("aws_autoscaling_group.two", {"max_size": 3, "launch_template": [{"name": "s"}]}),
    )
    unknown = resource("aws_autoscaling_group.new", {"max_size": 3, "launch_template": [{"name": "n"}]})
    mine = definition([{"cpu": 600, "memory": 512}])
    endless = definition([{"name": "x"}])
    whole = graph(small, new, one, two, unknown)
    found = placement.placement(mine, (one, two), whole)
    assert found is not None
    assert found.tasks == 39
    assert found.words == "10 x m6i.large with 3 each, 3 x m6i.large with 3 each; a task takes 600 CPU units and 512 MiB"
    assert placement.placement(mine, (one, unknown), whole) is None
    assert placement.placement(mine, (), whole) is None
    assert placement.placement(endless, (one,), whole) is None


def test_services_of_a_target() -> None:
    web = resource("aws_ecs_service.web", {"name": "web", "cluster": "prod"})
    target = resource("aws_appautoscaling_target.t", {"resource_id": "service/prod/web", "scalable_dimension": "ecs:service:DesiredCount"})
    other = resource("aws_appautoscaling_target.o", {"resource_id": "service/test/web", "scalable_dimension": "ecs:service:DesiredCount"})
    policy = resource("aws_appautoscaling_policy.p", {"resource_id": "service/prod/web", "scalable_dimension": "ecs:service:DesiredCount"})
    rings = resource("aws_cloudwatch_metric_alarm.a", {"alarm_actions": [ref("aws_appautoscaling_policy.p#arn")]})
    whole = graph(web, target, other, policy, rings)
    assert service.services_of(target, whole) == (web,)
    assert service.services_of(other, whole) == ()
    assert application_scaling.targets_of(policy, whole) == (target,)
    assert application_scaling.policies_of(rings, whole) == (policy,)


def test_targets_of_a_table() -> None:
    table = resource("aws_dynamodb_table.t", {"name": "orders"})
    writes = resource(
        "aws_appautoscaling_target.w", {"resource_id": "table/orders", "scalable_dimension": "dynamodb:table:WriteCapacityUnits"}
    )
    index = resource(
        "aws_appautoscaling_target.i", {"resource_id": "table/orders/index/x", "scalable_dimension": "dynamodb:index:ReadCapacityUnits"}
    )
    whole = graph(table, writes, index)
    assert dynamodb_table.scaling_target(table, whole, "dynamodb:table:WriteCapacityUnits") is writes
    assert dynamodb_table.scaling_target(table, whole, "dynamodb:table:ReadCapacityUnits") is None
    assert not dynamodb_table.may_be_scaled(whole)
    assert dynamodb_table.may_be_scaled(graph(resource("aws_appautoscaling_target.x", {"resource_id": UNKNOWN})))
