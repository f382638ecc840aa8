"""A method of a REST API answers everybody.

## Why it matters
The gateway passes each request to the backend, with no identity. What the code forgets to check, everybody on the internet may do, at
your cost and against your concurrency.

## Five whys
1. Why could a stranger delete the record? The method needs no authorisation.
2. Why? `authorization` is NONE.
3. Why? The check was meant to be in the function, and one path does not have it.

## Fix now
Set `authorization` to `AWS_IAM`, `COGNITO_USER_POOLS` or `CUSTOM` with an `authorizer_id`, and deploy the API again: without a new
deployment nothing changes. Tell the callers first; they get 401 or 403 from then on.

## Workaround
At once: a resource policy on the API that allows only known addresses, or a stage throttle of 0 for the path.

## Prevent
Make the authoriser the default of your module; list public paths by name.

## Validate
`curl -s -o /dev/null -w '%{http_code}' -X DELETE https://ID.execute-api.REGION.amazonaws.com/live/records/1` prints 401 or 403.

## Bad
```hcl
resource "aws_api_gateway_method" "remove" {
  rest_api_id   = "a1b2c3d4e5"
  resource_id   = "abc123"
  http_method   = "DELETE"
  authorization = "NONE" # finding
}
```

## Good
```hcl
resource "aws_api_gateway_method" "remove" {
  rest_api_id   = "a1b2c3d4e5"
  resource_id   = "abc123"
  http_method   = "DELETE"
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_method" "preflight" {
  rest_api_id   = "a1b2c3d4e5"
  resource_id   = "abc123"
  http_method   = "OPTIONS"
  authorization = "NONE"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="aws_api_gateway_method",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_59 CKV2_AWS_70 AVD-AWS-0004 aws-api-gateway-no-public-access aws-apigateway-no-public-access",
)
def check(method: Node, graph: Graph) -> Iterator[Fail]:
    authorization, key = method.at("authorization"), method.at("api_key_required")
    if authorization.present and authorization.text != "NONE":
        return
    if (key.present and key.flag) or (method.at("http_method").text or "").upper().startswith("OPTION"):
        return
    for api in graph.targets(method.at("rest_api_id"), "aws_api_gateway_rest_api"):
        private = any(kind.text == "PRIVATE" for kind in api.body.each("endpoint_configuration.types"))
        if private or given(api.at("policy")) or graph.attached(api, "rest_api_id", "aws_api_gateway_rest_api_policy"):
            return
    yield Fail(
        authorization,
        "everybody may call the method",
        expected="AWS_IAM, CUSTOM or COGNITO_USER_POOLS",
        actual="" if authorization.present else "not set",
    )
