"""A stage does not prove to its HTTP backend that a request comes from the API.

## Why it matters
A backend on a public address must tell the gateway's requests from everybody else's. With a client certificate it can refuse all
others; without one, whoever finds its address passes authorizer, throttle and WAF by.

## Five whys
1. Why did requests reach the backend past the authorizer? They went to its own address.
2. Why did it answer them? It cannot see whether the gateway sent them.
3. Why? The stage presents no client certificate.

## Fix now
`aws apigateway generate-client-certificate`, set `client_certificate_id` on the stage, deploy, and let the backend trust that
certificate only. It does not matter for Lambda integrations.

## Workaround
A private integration (VPC link) needs no certificate, because the backend has no public address.

## Prevent
VPC links for new backends.

## Validate
`curl https://backend.example.com/` without the certificate is refused.

## Bad
```hcl
resource "aws_api_gateway_stage" "live" { # finding
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "f6g7h8"
  stage_name    = "live"
}
```

## Good
```hcl
resource "aws_api_gateway_stage" "live" {
  rest_api_id           = "a1b2c3d4e5"
  deployment_id         = "f6g7h8"
  stage_name            = "live"
  client_certificate_id = "cert12"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given


@rule(
    target="aws_api_gateway_stage aws_apigatewayv2_stage",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AWS_51",
)
def check(stage: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    certificate = stage.at("client_certificate_id")
    if given(certificate):
        return
    if resource.kind == "aws_apigatewayv2_stage":
        apis = graph.targets(stage.at("api_id"), "aws_apigatewayv2_api")
        if not any(api.at("protocol_type").text == "WEBSOCKET" for api in apis):
            return
    yield Fail(certificate, "a backend cannot tell requests of the API from others", expected="client_certificate_id")
