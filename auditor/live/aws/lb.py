"""Application, network and gateway load balancers."""

from auditor.live.aws._balancers import balancer_tags
from auditor.live.source import Read, block, equals, flag, maybe, number, setting
from auditor.live.spec import Detail, Spec
from auditor.model.node import Node


def _suffix(balancer: Node) -> str:
    return str(balancer.at("LoadBalancerArn").data).partition(":loadbalancer/")[2]


def _logs(prefix: str) -> Read:
    """The block of a kind of logs; `access_logs.s3.bucket` and its neighbours."""
    sources = {name: setting(f"{prefix}.s3.{name}", default="") for name in ("bucket", "prefix")}
    return block("", enabled=setting(f"{prefix}.s3.enabled", flag, default=False), **sources)


SPEC = Spec(
    kind="aws_lb",
    service="elbv2",
    operation="describe_load_balancers",
    items="LoadBalancers",
    attributes={
        "id": "LoadBalancerArn",
        "arn": "LoadBalancerArn",
        "arn_suffix": _suffix,
        "name": "LoadBalancerName",
        "load_balancer_type": "Type",
        "internal": equals("Scheme", "internal"),
        "ip_address_type": "IpAddressType",
        "security_groups": maybe("SecurityGroups", []),
        "subnets": lambda balancer: [zone.at("SubnetId") for zone in balancer.each("AvailabilityZones")],
        "vpc_id": "VpcId",
        "dns_name": "DNSName",
        "zone_id": "CanonicalHostedZoneId",
        "customer_owned_ipv4_pool": maybe("CustomerOwnedIpv4Pool", ""),
    },
    details=(
        Detail(
            "describe_load_balancer_attributes",
            {"LoadBalancerArn": "LoadBalancerArn"},
            {
                "access_logs": _logs("access_logs"),
                "connection_logs": _logs("connection_logs"),
                "enable_deletion_protection": setting("deletion_protection.enabled", flag),
                "enable_cross_zone_load_balancing": setting("load_balancing.cross_zone.enabled", flag),
                "enable_http2": setting("routing.http2.enabled", flag),
                "enable_waf_fail_open": setting("waf.fail_open.enabled", flag),
                "enable_zonal_shift": setting("zonal_shift.config.enabled", flag),
                "enable_xff_client_port": setting("routing.http.xff_client_port.enabled", flag),
                "enable_tls_version_and_cipher_suite_headers": setting("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", flag),
                "preserve_host_header": setting("routing.http.preserve_host_header.enabled", flag),
                "drop_invalid_header_fields": setting("routing.http.drop_invalid_header_fields.enabled", flag),
                "desync_mitigation_mode": setting("routing.http.desync_mitigation_mode"),
                "xff_header_processing_mode": setting("routing.http.xff_header_processing.mode"),
                "idle_timeout": setting("idle_timeout.timeout_seconds", number),
                "client_keep_alive": setting("client_keep_alive.seconds", number),
                "dns_record_client_routing_policy": setting("dns_record.client_routing_policy"),
            },
        ),
        balancer_tags("LoadBalancerArn"),
    ),
    parent=("vpc_id",),
    watched="internal security_groups subnets enable_deletion_protection drop_invalid_header_fields idle_timeout access_logs",
)

_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188"
EXAMPLE = {
    "describe_load_balancers": {
        "LoadBalancers": [
            {
                "LoadBalancerArn": _ARN,
                "LoadBalancerName": "web",
                "Type": "application",
                "Scheme": "internet-facing",
                "AvailabilityZones": [{"SubnetId": "subnet-1", "ZoneName": "eu-west-1a"}],
                "SecurityGroups": ["sg-1"],
                "VpcId": "vpc-1",
            }
        ]
    },
    "describe_load_balancer_attributes": {
        "Attributes": [
            {"Key": "idle_timeout.timeout_seconds", "Value": "60"},
            {"Key": "deletion_protection.enabled", "Value": "true"},
            {"Key": "access_logs.s3.enabled", "Value": "true"},
            {"Key": "access_logs.s3.bucket", "Value": "logs"},
        ]
    },
    "describe_tags": {"TagDescriptions": [{"ResourceArn": _ARN, "Tags": [{"Key": "Team", "Value": "web"}]}]},
}
EXPECT: dict[str, object] = {
    _ARN: {
        "id": _ARN,
        "arn": _ARN,
        "arn_suffix": "app/web/50dc6c495c0c9188",
        "name": "web",
        "load_balancer_type": "application",
        "internal": False,
        "security_groups": ["sg-1"],
        "subnets": ["subnet-1"],
        "vpc_id": "vpc-1",
        "customer_owned_ipv4_pool": "",
        "access_logs": [{"enabled": True, "bucket": "logs", "prefix": ""}],
        "connection_logs": [{"enabled": False, "bucket": "", "prefix": ""}],
        "enable_deletion_protection": True,
        "idle_timeout": 60,
        "tags": {"Team": "web"},
        "tags_all": {"Team": "web"},
    }
}
