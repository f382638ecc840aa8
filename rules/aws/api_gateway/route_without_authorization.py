"""A route of an HTTP or WebSocket API answers everybody.

## Why it matters
A route without an authorization type lets each request of the internet through to its integration; the code behind has to notice it, on
every path, for ever.

## Five whys
1. Why was the export readable without a login? Its route has no authorisation.
2. Why? `authorization_type` was left out, and that means NONE.
3. Why not noticed? The other routes have it, and nothing compares them.

## Fix now
Add `authorization_type = "JWT"` with an `authorizer_id` (or `AWS_IAM`): `aws apigatewayv2 update-route --api-id ID --route-id R
--authorization-type JWT --authorizer-id A`; with `auto_deploy` it holds within seconds. For WebSockets only `$connect` can carry it.

## Workaround
Delete the route until callers have tokens: `aws apigatewayv2 delete-route`.

## Prevent
Build routes with `for_each` over one map that must name the authorisation.

## Validate
`curl -s -o /dev/null -w '%{http_code}' https://ID.execute-api.REGION.amazonaws.com/export` prints 401.

## Bad
```hcl
resource "aws_apigatewayv2_route" "export" { # finding
  api_id    = "a1b2c3d4e5"
  route_key = "GET /export"
}
```

## Good
```hcl
resource "aws_apigatewayv2_route" "export" {
  api_id             = "a1b2c3d4e5"
  route_key          = "GET /export"
  authorization_type = "JWT"
  authorizer_id      = "jwt123"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule


@rule(target="aws_apigatewayv2_route", severity=Severity.HIGH, confidence=Confidence.FIRM, aliases="CKV_AWS_309")
def check(route: Node, graph: Graph) -> Iterator[Fail]:
    authorization, key = route.at("authorization_type"), route.at("route_key")
    if authorization.present and authorization.text != "NONE":
        return
    if (key.text or "").startswith("OPTIONS "):
        return
    for api in graph.targets(route.at("api_id"), "aws_apigatewayv2_api"):
        if api.at("protocol_type").text == "WEBSOCKET" and key.text != "$connect":
            return
    yield Fail(
        authorization,
        "everybody may call the route",
        expected="JWT, AWS_IAM or CUSTOM",
        actual="" if authorization.present else "not set, which means NONE",
    )
