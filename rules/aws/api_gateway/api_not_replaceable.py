"""An API that has to be replaced is deleted before the new one exists.

## Why it matters
Some changes (the endpoint's IP type of old providers, an import with another body) replace the API. Deleted first, every caller gets an
error until the new one, its stages and its domain mappings are there.

## Five whys
1. Why was the API away for six minutes? It was replaced.
2. Why away? The old one was deleted before the new one was made.
3. Why? That is Terraform's order unless `create_before_destroy` says otherwise.

## Fix now
Add `lifecycle { create_before_destroy = true }`. Callers should use a custom domain, whose mapping moves in one step, because the new
API has another id.

## Workaround
Plan the replacement for a quiet hour; raise no alarm for that time.

## Prevent
The block in the module, and custom domains only.

## Validate
`terraform plan -replace=aws_api_gateway_rest_api.NAME` shows `+/-` (create, then destroy).

## Bad
```hcl
resource "aws_api_gateway_rest_api" "shop" { # finding
  name = "shop"
}
```

## Good
```hcl
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"

  lifecycle {
    create_before_destroy = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule


@rule(
    target="aws_api_gateway_rest_api",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN,),
    aliases="CKV_AWS_237",
)
def check(api: Node, resource: Resource) -> Iterator[Fail]:
    first = resource.meta.at("lifecycle.create_before_destroy")
    if first.missing or first.flag is not True:
        where = first if first.present else api
        yield Fail(where, "when the API is replaced, the old one is deleted first", expected="create_before_destroy = true", actual="false")
