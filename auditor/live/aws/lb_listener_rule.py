"""Rules of listeners; the default one is the listener's own."""

from auditor.live.aws._balancers import actions, balancer_tags
from auditor.live.source import block, blocks, number
from auditor.live.spec import Each, Spec

SPEC = Spec(
    kind="aws_lb_listener_rule",
    service="elbv2",
    operation="describe_rules",
    items="Rules",
    each=Each("aws_lb_listener", {"ListenerArn": "ListenerArn"}, carry=("ListenerArn",)),
    attributes={
        "id": "RuleArn",
        "arn": "RuleArn",
        "listener_arn": "ListenerArn",
        "priority": number("Priority"),
        "action": actions("Actions"),
        "condition": blocks(
            "Conditions",
            host_header=block("HostHeaderConfig", values="Values"),
            http_header=block("HttpHeaderConfig", http_header_name="HttpHeaderName", values="Values"),
            http_request_method=block("HttpRequestMethodConfig", values="Values"),
            path_pattern=block("PathPatternConfig", values="Values"),
            query_string=blocks("QueryStringConfig.Values", key="Key", value="Value"),
            source_ip=block("SourceIpConfig", values="Values"),
        ),
    },
    details=(balancer_tags("RuleArn"),),
    where=lambda rule: rule.at("IsDefault").data is not True,
    compare={"condition": "set"},
    parent=("listener_arn",),
    watched="action condition priority",
)

_LISTENER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/0467ef3c8400ae65"
_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/web/50dc6c495c0c9188/0467ef3c8400ae65/1291d13826f405c3"
EXAMPLE = {
    "describe_load_balancers": {"LoadBalancers": [{"LoadBalancerArn": "lb"}]},
    "describe_listeners": {"Listeners": [{"ListenerArn": _LISTENER}]},
    "describe_rules": {
        "Rules": [
            {
                "RuleArn": _ARN,
                "Priority": "10",
                "IsDefault": False,
                "Conditions": [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/a/*"]}}],
                "Actions": [
                    {"Type": "redirect", "Order": 1, "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}
                ],
            },
            {"RuleArn": f"{_ARN}0", "Priority": "default", "IsDefault": True, "Conditions": [], "Actions": []},
        ]
    },
    "describe_tags": {"TagDescriptions": []},
}
_REDIRECT = {"host": "#{host}", "path": "/#{path}", "port": "443", "protocol": "HTTPS", "query": "#{query}", "status_code": "HTTP_301"}
_NONE: dict[str, object] = {"forward": [], "fixed_response": [], "authenticate_cognito": [], "authenticate_oidc": []}
_OTHERS: dict[str, object] = {"host_header": [], "http_header": [], "http_request_method": [], "query_string": [], "source_ip": []}
EXPECT: dict[str, object] = {
    _ARN: {
        "id": _ARN,
        "arn": _ARN,
        "listener_arn": _LISTENER,
        "priority": 10,
        "action": [_NONE | {"type": "redirect", "order": 1, "target_group_arn": "", "redirect": [_REDIRECT]}],
        "condition": [_OTHERS | {"path_pattern": [{"values": ["/a/*"]}]}],
    }
}
