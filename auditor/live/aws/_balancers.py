"""What load balancers, listeners, rules and target groups have in common: tags and actions."""

from __future__ import annotations

from typing import Any

from auditor.live.source import Read, block, blocks, given, maybe, number, said, tags, text
from auditor.live.spec import Detail
from auditor.model.node import Node
from auditor.model.value import MISSING, Value


def balancer_tags(arn: str) -> Detail:
    """The tags of the object whose ARN stands in this member."""

    def pick(reply: Node, item: Node) -> Node:
        wanted = item.at(arn).data
        found = [one for one in reply.each("TagDescriptions") if one.at("ResourceArn").data == wanted]
        return found[0] if found else Node(Value(MISSING, reply.value_.place))

    return Detail("describe_tags", {"ResourceArns": [arn]}, {"tags": tags(), "tags_all": tags()}, pick=pick)


def _targets(action: Node) -> list[Node]:
    return list(action.each("ForwardConfig.TargetGroups"))


def _single(action: Node) -> Any:
    """The one target group of a forward action, which the reply may have in two places."""
    targets = _targets(action)
    return given(action, "TargetGroupArn", targets[0].at("TargetGroupArn") if len(targets) == 1 else "")


def _forward(action: Node) -> Any:
    """The `forward` block, which Terraform has only where there are several target groups."""
    if len(_targets(action)) < 2:
        return []
    groups = blocks("TargetGroups", arn="TargetGroupArn", weight=maybe("Weight", 1))
    stickiness = block("TargetGroupStickinessConfig", enabled="Enabled", duration=maybe("DurationSeconds", 0))
    return block("ForwardConfig", target_group=groups, stickiness=stickiness)(action)


def actions(path: str) -> Read:
    """The actions at `path`, in their order."""
    return blocks(
        path,
        type="Type",
        order=said("Order"),
        target_group_arn=_single,
        forward=_forward,
        fixed_response=block(
            "FixedResponseConfig",
            content_type="ContentType",
            message_body=maybe("MessageBody", ""),
            status_code=text("StatusCode", ""),
        ),
        redirect=block(
            "RedirectConfig",
            host=maybe("Host", "#{host}"),
            path=maybe("Path", "/#{path}"),
            port=maybe("Port", "#{port}"),
            protocol=maybe("Protocol", "#{protocol}"),
            query=maybe("Query", "#{query}"),
            status_code="StatusCode",
        ),
        authenticate_cognito=block(
            "AuthenticateCognitoConfig",
            user_pool_arn="UserPoolArn",
            user_pool_client_id="UserPoolClientId",
            user_pool_domain="UserPoolDomain",
            on_unauthenticated_request=maybe("OnUnauthenticatedRequest"),
            scope=maybe("Scope"),
            session_cookie_name=maybe("SessionCookieName"),
            session_timeout=number("SessionTimeout", None),
        ),
        authenticate_oidc=block(
            "AuthenticateOidcConfig",
            issuer="Issuer",
            authorization_endpoint="AuthorizationEndpoint",
            token_endpoint="TokenEndpoint",  # noqa: S106  # a member's name
            user_info_endpoint="UserInfoEndpoint",
            client_id="ClientId",
            on_unauthenticated_request=maybe("OnUnauthenticatedRequest"),
            scope=maybe("Scope"),
            session_cookie_name=maybe("SessionCookieName"),
            session_timeout=number("SessionTimeout", None),
        ),
    )
