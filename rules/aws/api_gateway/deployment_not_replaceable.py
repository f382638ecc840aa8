"""A deployment of an API cannot be replaced while a stage uses it.

## Why it matters
Terraform deletes the old deployment before it makes the new one; API Gateway refuses, because a stage points to it: `Active stages
pointing to this deployment must be moved or deleted`. With `stage_name` in the deployment the stage itself goes first, and the API
answers 403 until the new one is there.

## Five whys
1. Why did the apply fail half way? The old deployment could not be deleted.
2. Why? The stage still uses it.
3. Why was it deleted first? That is Terraform's order unless told otherwise.

## Fix now
Add `lifecycle { create_before_destroy = true }` and apply again; the stage is moved before the old one goes.

## Workaround
Create the deployment by hand and point the stage to it: `aws apigateway create-deployment --rest-api-id ID` and `update-stage …
op=replace,path=/deploymentId`.

## Prevent
Deployment, its triggers and the lifecycle block come together from one module.

## Validate
Change a method; `terraform plan` shows the replacement as create-then-destroy (`+/-`).

## Bad
```hcl
resource "aws_api_gateway_deployment" "live" { # finding
  rest_api_id = "a1b2c3d4e5"
  triggers    = { redeployment = "1" }
}
```

## Good
```hcl
resource "aws_api_gateway_deployment" "live" {
  rest_api_id = "a1b2c3d4e5"
  triggers    = { redeployment = "1" }

  lifecycle {
    create_before_destroy = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule


@rule(
    target="aws_api_gateway_deployment",
    severity=Severity.MEDIUM,
    facets=(Facet.WRITTEN,),
    aliases="CKV_AWS_217",
    symptoms=["Active stages pointing to this deployment must be moved or deleted"],
)
def check(deployment: Node, resource: Resource) -> Iterator[Fail]:
    first = resource.meta.at("lifecycle.create_before_destroy")
    if first.missing or first.flag is not True:
        where = first if first.present else deployment
        yield Fail(
            where, "the old deployment is deleted before the new one is there", expected="create_before_destroy = true", actual="false"
        )
