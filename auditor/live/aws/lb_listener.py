"""Listeners of load balancers."""

from auditor.live.aws._balancers import actions, balancer_tags
from auditor.live.source import block, flag, maybe, number, setting
from auditor.live.spec import Detail, Each, Spec

_HEADERS = {
    "routing_http_response_server_enabled": ("routing.http.response.server.enabled", flag),
    "tcp_idle_timeout_seconds": ("tcp.idle_timeout.seconds", number),
}

SPEC = Spec(
    kind="aws_lb_listener",
    service="elbv2",
    operation="describe_listeners",
    items="Listeners",
    each=Each("aws_lb", {"LoadBalancerArn": "LoadBalancerArn"}),
    attributes={
        "id": "ListenerArn",
        "arn": "ListenerArn",
        "load_balancer_arn": "LoadBalancerArn",
        "port": maybe("Port", 0),
        "protocol": maybe("Protocol", ""),
        "ssl_policy": maybe("SslPolicy", ""),
        "certificate_arn": maybe("Certificates[0].CertificateArn"),
        "alpn_policy": maybe("AlpnPolicy[0]"),
        "default_action": actions("DefaultActions"),
        "mutual_authentication": block(
            "MutualAuthentication",
            mode="Mode",
            trust_store_arn=maybe("TrustStoreArn", ""),
            ignore_client_certificate_expiry=maybe("IgnoreClientCertificateExpiry", False),
            advertise_trust_store_ca_names=maybe("AdvertiseTrustStoreCaNames", ""),
        ),
    },
    details=(
        Detail(
            "describe_listener_attributes",
            {"ListenerArn": "ListenerArn"},
            {attribute: setting(name, convert) for attribute, (name, convert) in _HEADERS.items()},
        ),
        balancer_tags("ListenerArn"),
    ),
    parent=("load_balancer_arn",),
    watched="default_action port protocol ssl_policy certificate_arn mutual_authentication",
)

_LB = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188"
_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/0467ef3c8400ae65"
EXAMPLE = {
    "describe_load_balancers": {"LoadBalancers": [{"LoadBalancerArn": _LB}]},
    "describe_listeners": {
        "Listeners": [
            {
                "ListenerArn": _ARN,
                "LoadBalancerArn": _LB,
                "Port": 443,
                "Protocol": "HTTPS",
                "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                "Certificates": [{"CertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1"}],
                "DefaultActions": [
                    {
                        "Type": "forward",
                        "Order": 1,
                        "ForwardConfig": {
                            "TargetGroups": [{"TargetGroupArn": "tg-a", "Weight": 90}, {"TargetGroupArn": "tg-b", "Weight": 10}]
                        },
                    },
                ],
            }
        ]
    },
    "describe_listener_attributes": {"Attributes": [{"Key": "tcp.idle_timeout.seconds", "Value": "350"}]},
    "describe_tags": {"TagDescriptions": [{"ResourceArn": _ARN, "Tags": []}]},
}
EXPECT: dict[str, object] = {
    _ARN: {
        "id": _ARN,
        "arn": _ARN,
        "load_balancer_arn": _LB,
        "port": 443,
        "protocol": "HTTPS",
        "ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "certificate_arn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
        "alpn_policy": None,
        "default_action": [
            {
                "type": "forward",
                "order": 1,
                "target_group_arn": "",
                "forward": [{"target_group": [{"arn": "tg-a", "weight": 90}, {"arn": "tg-b", "weight": 10}], "stickiness": []}],
                "fixed_response": [],
                "redirect": [],
                "authenticate_cognito": [],
                "authenticate_oidc": [],
            }
        ],
        "mutual_authentication": [],
        "tcp_idle_timeout_seconds": 350,
        "tags": {},
        "tags_all": {},
    }
}
