"""A public stage of a REST API has no web application firewall.

## Why it matters
Scanners, credential stuffing and floods reach the backend unfiltered; during an attack there is no place to block an address or a
pattern without a deployment.

## Five whys
1. Why could the attack not be blocked at the edge? There is nothing to block it with.
2. Why? No web ACL is attached to the stage.
3. Why? It is another resource, paid by the month, and the API worked without.

## Fix now
`aws wafv2 associate-web-acl --web-acl-arn ACL --resource-arn arn:aws:apigateway:REGION::/restapis/ID/stages/S`, first with the managed
groups in Count, after a day in Block.

## Workaround
A resource policy on the API denies addresses within a minute of the next deployment; a stage throttle limits the flood.

## Prevent
One regional ACL per account, associated by the module for public stages.

## Validate
`aws wafv2 get-web-acl-for-resource --resource-arn arn:aws:apigateway:REGION::/restapis/ID/stages/S` prints the ACL.

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
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "f6g7h8"
  stage_name    = "live"
}

resource "aws_wafv2_web_acl_association" "live" {
  resource_arn = aws_api_gateway_stage.live.arn
  web_acl_arn  = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/api/0123abcd"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_api_gateway_stage", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV2_AWS_29")
def check(stage: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for api in graph.targets(stage.at("rest_api_id"), "aws_api_gateway_rest_api"):
        if any(kind.text == "PRIVATE" for kind in api.body.each("endpoint_configuration.types")):
            return
    if not graph.attached(resource, "resource_arn", "aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"):
        yield Fail(stage, "no web application firewall stands before the stage", expected="an aws_wafv2_web_acl_association")
