"""Changes of an API's methods never reach its stage.

## Why it matters
A deployment is a snapshot. Nothing in this one changes when a method or integration does, so Terraform applies the change, reports
success, and the stage goes on serving the old API until somebody deploys by hand.

## Five whys
1. Why does the new path answer 403 Missing Authentication Token? The stage does not know it.
2. Why? It serves a deployment of last month.
3. Why was no new one made? The deployment has no `triggers`, so no change replaces it.

## Fix now
Deploy now: `aws apigateway create-deployment --rest-api-id ID --stage-name S`. Then add `triggers = { redeployment =
sha1(jsonencode([…methods, integrations, the body…])) }` with `create_before_destroy`.

## Workaround
`terraform apply -replace=aws_api_gateway_deployment.NAME` after each change.

## Prevent
Describe the API in one OpenAPI `body` and hash it.

## Validate
Change an integration; `terraform plan` shows a new deployment.

## Bad
```hcl
resource "aws_api_gateway_deployment" "live" { # finding
  rest_api_id = "a1b2c3d4e5"

  lifecycle {
    create_before_destroy = true
  }
}
```

## Good
```hcl
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  body = jsonencode({ openapi = "3.0.1", paths = {} })
}

resource "aws_api_gateway_deployment" "live" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  triggers    = { redeployment = sha1(aws_api_gateway_rest_api.shop.body) }

  lifecycle {
    create_before_destroy = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(target="aws_api_gateway_deployment", severity=Severity.MEDIUM, confidence=Confidence.FIRM, facets=(Facet.WRITTEN,))
def check(deployment: Node) -> Iterator[Fail]:
    if not any(given(deployment.at(name)) for name in ("triggers", "stage_description", "variables", "description")):
        yield Fail(
            deployment.at("triggers"),
            "changes of methods and integrations never reach the stage",
            expected="triggers with a hash of what is deployed",
        )
