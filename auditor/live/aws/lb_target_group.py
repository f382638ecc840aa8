"""Target groups of load balancers. The targets themselves are running data."""

from auditor.live.aws._balancers import balancer_tags
from auditor.live.source import block, first, flag, maybe, number, setting
from auditor.live.spec import NEVER, Detail, Spec
from auditor.model.node import Node

_COOKIES = {"lb_cookie": "stickiness.lb_cookie.duration_seconds", "app_cookie": "stickiness.app_cookie.duration_seconds"}


def _duration(settings: Node) -> object:
    kind = setting("stickiness.type")(settings)
    name = _COOKIES.get(getattr(kind, "data", ""), "")
    return setting(name, number, default=0)(settings)


SPEC = Spec(
    kind="aws_lb_target_group",
    service="elbv2",
    operation="describe_target_groups",
    items="TargetGroups",
    attributes={
        "id": "TargetGroupArn",
        "arn": "TargetGroupArn",
        "arn_suffix": lambda group: str(group.at("TargetGroupArn").data).rpartition(":")[2],
        "name": "TargetGroupName",
        "port": maybe("Port", 0),
        "protocol": maybe("Protocol", ""),
        "protocol_version": maybe("ProtocolVersion", ""),
        "vpc_id": maybe("VpcId", ""),
        "target_type": "TargetType",
        "ip_address_type": "IpAddressType",
        "load_balancer_arns": "LoadBalancerArns",
        "health_check": block(
            "",
            enabled="HealthCheckEnabled",
            interval="HealthCheckIntervalSeconds",
            path=maybe("HealthCheckPath", ""),
            port=maybe("HealthCheckPort", ""),
            protocol=maybe("HealthCheckProtocol", ""),
            timeout="HealthCheckTimeoutSeconds",
            healthy_threshold="HealthyThresholdCount",
            unhealthy_threshold="UnhealthyThresholdCount",
            matcher=first("Matcher.HttpCode", "Matcher.GrpcCode"),
        ),
    },
    details=(
        Detail(
            "describe_target_group_attributes",
            {"TargetGroupArn": "TargetGroupArn"},
            {
                "deregistration_delay": setting("deregistration_delay.timeout_seconds"),
                "slow_start": setting("slow_start.duration_seconds", number),
                "load_balancing_algorithm_type": setting("load_balancing.algorithm.type"),
                "load_balancing_anomaly_mitigation": setting("load_balancing.algorithm.anomaly_mitigation"),
                "load_balancing_cross_zone_enabled": setting("load_balancing.cross_zone.enabled"),
                "connection_termination": setting("deregistration_delay.connection_termination.enabled", flag),
                "preserve_client_ip": setting("preserve_client_ip.enabled"),
                "proxy_protocol_v2": setting("proxy_protocol_v2.enabled", flag),
                "lambda_multi_value_headers_enabled": setting("lambda.multi_value_headers.enabled", flag),
                "stickiness": block(
                    "",
                    enabled=setting("stickiness.enabled", flag, default=False),
                    type=setting("stickiness.type", default=""),
                    cookie_duration=_duration,
                    cookie_name=setting("stickiness.app_cookie.cookie_name", default=""),
                ),
            },
        ),
        balancer_tags("TargetGroupArn"),
    ),
    compare={"load_balancer_arns": NEVER},
    parent=("vpc_id",),
    watched="health_check deregistration_delay port protocol stickiness slow_start",
)

_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/2a3415a4abc4e0d5"
EXAMPLE = {
    "describe_target_groups": {
        "TargetGroups": [
            {
                "TargetGroupArn": _ARN,
                "TargetGroupName": "shop",
                "Port": 80,
                "Protocol": "HTTP",
                "VpcId": "vpc-1",
                "TargetType": "instance",
                "HealthCheckEnabled": True,
                "HealthCheckIntervalSeconds": 15,
                "HealthCheckPath": "/healthz",
                "HealthCheckPort": "traffic-port",
                "HealthCheckProtocol": "HTTP",
                "HealthCheckTimeoutSeconds": 5,
                "HealthyThresholdCount": 2,
                "UnhealthyThresholdCount": 3,
                "Matcher": {"HttpCode": "200"},
            }
        ]
    },
    "describe_target_group_attributes": {
        "Attributes": [
            {"Key": "deregistration_delay.timeout_seconds", "Value": "30"},
            {"Key": "stickiness.enabled", "Value": "true"},
            {"Key": "stickiness.type", "Value": "lb_cookie"},
            {"Key": "stickiness.lb_cookie.duration_seconds", "Value": "86400"},
        ]
    },
    "describe_tags": {"TagDescriptions": [{"ResourceArn": _ARN, "Tags": []}]},
}
EXPECT: dict[str, object] = {
    _ARN: {
        "id": _ARN,
        "arn": _ARN,
        "arn_suffix": "targetgroup/shop/2a3415a4abc4e0d5",
        "name": "shop",
        "port": 80,
        "protocol": "HTTP",
        "protocol_version": "",
        "vpc_id": "vpc-1",
        "target_type": "instance",
        "health_check": [
            {
                "enabled": True,
                "interval": 15,
                "path": "/healthz",
                "port": "traffic-port",
                "protocol": "HTTP",
                "timeout": 5,
                "healthy_threshold": 2,
                "unhealthy_threshold": 3,
                "matcher": "200",
            }
        ],
        "deregistration_delay": "30",
        "stickiness": [{"enabled": True, "type": "lb_cookie", "cookie_duration": 86400, "cookie_name": ""}],
        "tags": {},
        "tags_all": {},
    }
}
