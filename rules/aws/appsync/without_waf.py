"""A public GraphQL API has no web application firewall.

## Why it matters
Whoever has the address can send deep queries, floods and guesses of keys; there is no place to block an address or to limit its rate
without changing the API.

## Five whys
1. Why could one client slow the API down? Nothing limits its rate.
2. Why? No web ACL is attached.
3. Why? The association is another resource.

## Fix now
`aws wafv2 associate-web-acl --web-acl-arn ACL --resource-arn API_ARN` with a rate rule and the managed groups in Count, after a day in
Block.

## Workaround
Set `query_depth_limit` and `resolver_count_limit` on the API; rotate API keys that are abused.

## Prevent
One regional ACL per account, associated by the module.

## Validate
`aws wafv2 get-web-acl-for-resource --resource-arn API_ARN` prints the ACL.

## Bad
```hcl
resource "aws_appsync_graphql_api" "shop" { # finding
  name                = "shop"
  authentication_type = "AWS_IAM"
}
```

## Good
```hcl
resource "aws_appsync_graphql_api" "shop" {
  name                = "shop"
  authentication_type = "AWS_IAM"
}

resource "aws_wafv2_web_acl_association" "shop" {
  resource_arn = aws_appsync_graphql_api.shop.arn
  web_acl_arn  = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/api/0123abcd"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_appsync_graphql_api", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV2_AWS_33")
def check(api: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    visibility = api.at("visibility")
    if visibility.present and visibility.text == "PRIVATE":
        return
    if not graph.attached(resource, "resource_arn", "aws_wafv2_web_acl_association"):
        yield Fail(api, "no web application firewall stands before the API", expected="an aws_wafv2_web_acl_association")
