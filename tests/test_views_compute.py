"""Views of scaling, load balancers, user data, volumes, web ACLs and distributions."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from auditor.model.node import Undecided
from auditor.views import application_scaling, cloudfront, ebs_volume, load_balancer, user_data, web_acl, zone
from auditor.views.scaling import group as scaling
from auditor.views.scaling import policy as scaling_policy
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}
KEY = "AKIA" + "IOSFODNN7EXAMPLE"


# -- autoscaling


@pytest.mark.parametrize(
    ("policy", "direction"),
    [
        ({"scaling_adjustment": 2}, 1),
        ({"scaling_adjustment": -1, "adjustment_type": "ChangeInCapacity"}, -1),
        ({"scaling_adjustment": 0}, 0),
        ({"scaling_adjustment": 3, "adjustment_type": "ExactCapacity"}, 0),
        ({"policy_type": "StepScaling", "step_adjustment": [{"scaling_adjustment": 1}, {"scaling_adjustment": 3}]}, 1),
        ({"policy_type": "StepScaling", "step_adjustment": [{"scaling_adjustment": -1}, {"scaling_adjustment": 3}]}, 0),
        ({"policy_type": "TargetTrackingScaling"}, 0),
    ],
)
def test_direction_of_a_policy(policy: dict[str, Any], direction: int) -> None:
    assert scaling_policy.direction(resource("aws_autoscaling_policy.p", policy).body) == direction


def test_a_group_with_what_belongs_to_it() -> None:
    group = resource("aws_autoscaling_group.web", {"name": "web", "target_group_arns": []})
    by_name = resource("aws_autoscaling_policy.name", {"autoscaling_group_name": "web"})
    by_reference = resource("aws_autoscaling_policy.reference", {"autoscaling_group_name": {"$ref": "aws_autoscaling_group.web#name"}})
    other = resource("aws_autoscaling_policy.other", {"autoscaling_group_name": "batch"})
    alarm = resource("aws_cloudwatch_metric_alarm.high", {"alarm_actions": [{"$ref": "aws_autoscaling_policy.reference#arn"}]})
    whole = graph(group, by_name, by_reference, other, alarm)
    assert set(scaling.policies(group, whole)) == {by_name, by_reference}
    assert scaling.groups_of(by_name, whole) == scaling.groups_of(by_reference, whole) == (group,)
    assert scaling.groups_of(other, whole) == ()
    assert scaling_policy.policies_of(alarm, whole) == (by_reference,)
    assert scaling_policy.alarms(by_reference, whole) == (alarm,)
    assert not scaling.is_load_balanced(group, whole)


def test_a_policy_of_an_unknown_group_may_be_of_this_one() -> None:
    group = resource("aws_autoscaling_group.web", {"name": "web"})
    mine = resource("aws_autoscaling_policy.mine", {"autoscaling_group_name": "web"})
    any_one = resource("aws_autoscaling_policy.any", {"autoscaling_group_name": UNKNOWN})
    whole = graph(group, mine, any_one)
    assert scaling.known_policies(group, whole) == (mine,)
    with pytest.raises(Undecided):
        scaling.policies(group, whole)


def test_load_balancers_of_a_group() -> None:
    target = resource("aws_lb_target_group.web", {"port": 80})
    listed = resource("aws_autoscaling_group.listed", {"target_group_arns": [{"$ref": "aws_lb_target_group.web#arn"}]})
    attached = resource("aws_autoscaling_group.attached", {"name": "attached"})
    attachment = resource(
        "aws_autoscaling_attachment.a",
        {"autoscaling_group_name": "attached", "lb_target_group_arn": {"$ref": "aws_lb_target_group.web#arn"}},
    )
    whole = graph(target, listed, attached, attachment)
    for group in (listed, attached):
        assert scaling.is_load_balanced(group, whole)
        assert scaling.target_groups(group, whole) == (target,)


def test_zones() -> None:
    one = resource("aws_subnet.a", {"availability_zone": "eu-west-1a"})
    two = resource("aws_subnet.b", {"availability_zone": "eu-west-1b"})
    refs = [{"$ref": "aws_subnet.a#id"}, {"$ref": "aws_subnet.b#id"}]
    whole = graph(one, two)
    assert scaling.zones(resource("aws_autoscaling_group.g", {"vpc_zone_identifier": refs}), whole) == frozenset(
        {"eu-west-1a", "eu-west-1b"}
    )
    assert scaling.zones(resource("aws_autoscaling_group.g", {"vpc_zone_identifier": [*refs, "subnet-1"]}), whole) is None
    assert scaling.zones(resource("aws_autoscaling_group.g", {"availability_zones": ["eu-west-1a"]}), whole) == frozenset({"eu-west-1a"})
    planned = {"vpc_zone_identifier": refs, "availability_zones": {"$unknown": "it is known only after the apply"}}
    assert scaling.zones(resource("aws_autoscaling_group.g", planned), whole) == frozenset({"eu-west-1a", "eu-west-1b"})


def test_controllers() -> None:
    group = resource("aws_autoscaling_group.g", {"tag": [{"key": "k8s.io/cluster-autoscaler/enabled", "value": "true"}]})
    assert scaling.is_controlled_elsewhere(group, graph(group))
    plain = resource("aws_autoscaling_group.g", {"tag": [{"key": "Name", "value": "x"}]})
    assert not scaling.is_controlled_elsewhere(plain, graph(plain))


# -- Application Auto Scaling


def target(**more: Any) -> dict[str, Any]:
    return {"resource_id": "service/main/web", "scalable_dimension": "ecs:service:DesiredCount", **more}


def test_scalers_by_reference_text_and_equal_references() -> None:
    it = resource("aws_appautoscaling_target.web", target())
    referring = resource("aws_appautoscaling_policy.a", target(resource_id={"$ref": "aws_appautoscaling_target.web#resource_id"}))
    same_text = resource("aws_appautoscaling_policy.b", target())
    other_dimension = resource("aws_appautoscaling_policy.c", target(scalable_dimension="dynamodb:table:ReadCapacityUnits"))
    whole = graph(it, referring, same_text, other_dimension)
    assert application_scaling.known_scalers(it, whole) == (referring, same_text)
    assert application_scaling.scalers(it, whole) == (referring, same_text)
    service = resource("aws_ecs_service.web", {"name": "web"})
    made = {"$ref": "aws_ecs_service.web#name"}
    it = resource("aws_appautoscaling_target.web", target(resource_id=made))
    same = resource("aws_appautoscaling_policy.a", target(resource_id=made))
    assert application_scaling.scalers(it, graph(service, it, same)) == (same,)


def test_a_scaler_that_may_be_the_targets() -> None:
    it = resource("aws_appautoscaling_target.web", target())
    unknown = resource("aws_appautoscaling_policy.a", target(resource_id=UNKNOWN))
    with pytest.raises(Undecided):
        application_scaling.scalers(it, graph(it, unknown))
    other = resource("aws_appautoscaling_policy.a", target(resource_id="service/main/api"))
    assert application_scaling.scalers(it, graph(it, other)) == ()


# -- load balancers


@pytest.mark.parametrize(
    ("policy", "version", "weak"),
    [
        ("ELBSecurityPolicy-2016-08", 0, True),
        ("ELBSecurityPolicy-TLS-1-0-2015-04", 0, True),
        ("ELBSecurityPolicy-FS-2018-06", 0, False),
        ("ELBSecurityPolicy-FS-1-1-2019-08", 1, False),
        ("ELBSecurityPolicy-TLS-1-2-2017-01", 2, True),
        ("ELBSecurityPolicy-FS-1-2-Res-2020-10", 2, False),
        ("ELBSecurityPolicy-TLS13-1-1-2021-06", 1, False),
        ("ELBSecurityPolicy-TLS13-1-2-2021-06", 2, False),
        ("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", 2, True),
        ("ELBSecurityPolicy-TLS13-1-3-2021-06", 3, False),
        ("ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04", 2, False),
    ],
)
def test_security_policies(policy: str, version: int, weak: bool) -> None:
    assert load_balancer.oldest_version(policy) == version
    assert load_balancer.has_weak_ciphers(policy) is weak


@pytest.mark.parametrize(
    ("actions", "redirects"),
    [
        ([{"type": "redirect", "redirect": [{"protocol": "HTTPS"}]}], True),
        ([{"type": "redirect", "redirect": [{"protocol": "HTTP"}]}], False),
        ([{"type": "redirect", "redirect": [{}]}], False),
        ([{"type": "forward"}], False),
        ([], False),
    ],
)
def test_redirects(actions: list[Any], redirects: bool) -> None:
    assert load_balancer.redirects_to_https(resource("aws_lb_listener.l", {"default_action": actions}).body) is redirects


def test_listeners_of_a_gateway_load_balancer() -> None:
    balancer = resource("aws_lb.g", {"load_balancer_type": "gateway"})
    listener = resource("aws_lb_listener.l", {"load_balancer_arn": {"$ref": "aws_lb.g#arn"}})
    assert load_balancer.is_gateway_listener(listener, graph(balancer, listener))
    assert load_balancer.listeners(balancer, graph(balancer, listener)) == (listener,)


# -- user data


def script(text: str, name: str = "user_data") -> user_data.Script:
    it = resource("aws_instance.i", {name: text})
    (found,) = user_data.scripts(it, graph(it))
    return found


def test_access_keys_in_clear_text_and_in_base64() -> None:
    text = f"#!/bin/sh\nexport AWS_ACCESS_KEY_ID={KEY}\n"
    assert script(text).access_key_line == 2
    assert script(base64.b64encode(text.encode()).decode(), "user_data_base64").access_key_line == 2
    assert script("export AWS_ACCESS_KEY_ID=FOO\n").access_key_line == 0


def test_other_secrets() -> None:
    assert script('export DB_PASSWORD="correct-horse"\n').secret_line == 1
    assert script('export DB_PASSWORD="$(aws ssm get-parameter --name /db)"\n').secret_line == 0
    assert script("echo hello\n").secret_line == 0


def test_an_unknown_script_is_undecided() -> None:
    it = resource("aws_instance.i", {"user_data": UNKNOWN})
    (found,) = user_data.scripts(it, graph(it))
    with pytest.raises(Undecided):
        _ = found.secret_line


# -- volumes


def test_encryption_of_volumes() -> None:
    plain = resource("aws_ebs_volume.v", {"size": 1})
    encrypted = resource("aws_ebs_volume.v", {"encrypted": True})
    restored = resource("aws_ebs_volume.v", {"snapshot_id": "snap-1"})
    assert ebs_volume.unencrypted(plain, graph(plain))
    assert not ebs_volume.unencrypted(encrypted, graph(encrypted))
    with pytest.raises(Undecided):
        ebs_volume.unencrypted(restored, graph(restored))
    default = resource("aws_ebs_encryption_by_default.d", {})
    off = resource("aws_ebs_encryption_by_default.d", {"enabled": False})
    assert not ebs_volume.unencrypted(plain, graph(plain, default))
    assert ebs_volume.unencrypted(plain, graph(plain, off))


# -- web ACLs, distributions, zones


def group_rule(**more: Any) -> dict[str, Any]:
    statement = {"managed_rule_group_statement": [{"name": web_acl.KNOWN_BAD_INPUTS, **more.pop("statement", {})}]}
    return {"override_action": [{"none": [{}]}], "statement": [statement], **more}


@pytest.mark.parametrize(
    ("rule", "acts"),
    [
        (group_rule(), True),
        (group_rule(override_action=[{"count": [{}]}]), False),
        (group_rule(statement={"excluded_rule": [{"name": "Log4JRCE_HEADER"}]}), False),
        (group_rule(statement={"excluded_rule": [{"name": "Host_localhost_HEADER"}]}), True),
        (group_rule(statement={"rule_action_override": [{"name": "Log4JRCE_BODY", "action_to_use": [{"count": [{}]}]}]}), False),
    ],
)
def test_managed_groups_that_act(rule: dict[str, Any], acts: bool) -> None:
    acl = resource("aws_wafv2_web_acl.a", {"rule": [rule]})
    (found,) = web_acl.managed_groups(acl.body, web_acl.KNOWN_BAD_INPUTS)
    assert web_acl.acts(found) is acts


def test_web_acls_of_what_they_protect() -> None:
    acl = resource("aws_wafv2_web_acl.a", {})
    balancer = resource("aws_lb.web", {})
    distribution = resource("aws_cloudfront_distribution.d", {"web_acl_id": {"$ref": "aws_wafv2_web_acl.a#arn"}})
    ends = {"resource_arn": {"$ref": "aws_lb.web#arn"}, "web_acl_arn": {"$ref": "aws_wafv2_web_acl.a#arn"}}
    joined = resource("aws_wafv2_web_acl_association.j", ends)
    whole = graph(acl, balancer, distribution, joined)
    assert web_acl.acls_of(balancer, whole) == web_acl.acls_of(distribution, whole) == (acl,)


@pytest.mark.parametrize(
    ("name", "bucket", "endpoint"),
    [
        ("b.s3.amazonaws.com", True, False),
        ("b.s3.eu-west-1.amazonaws.com", True, False),
        ("b.s3-website-eu-west-1.amazonaws.com", False, False),
        ("b.s3-website.eu-west-1.amazonaws.com", False, False),
        ("api.example.com", False, False),
        ("web-1.eu-west-1.elb.amazonaws.com", False, True),
        ("x.data.mediastore.eu-west-1.amazonaws.com", False, True),
    ],
)
def test_origins(name: str, bucket: bool, endpoint: bool) -> None:
    origin = resource("aws_cloudfront_distribution.d", {"origin": [{"domain_name": name}]}).at("origin[0]")
    assert cloudfront.is_bucket(origin, graph()) is bucket
    assert cloudfront.is_aws_endpoint(origin) is endpoint


def test_private_zones() -> None:
    public = resource("aws_route53_zone.z", {"name": "example.com"})
    private = resource("aws_route53_zone.z", {"name": "example.com", "vpc": [{"vpc_id": "vpc-1"}]})
    association = resource("aws_route53_zone_association.a", {"zone_id": {"$ref": "aws_route53_zone.z#zone_id"}})
    assert not zone.is_private(public, graph(public))
    assert zone.is_private(private, graph(private))
    assert zone.is_private(public, graph(public, association))
