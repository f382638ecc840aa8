r"""A Deny on foreign regions also hits services that run in one region only.

## Why it matters
IAM, Organizations, Route 53, CloudFront, Support and others are global: their requests carry `us-east-1` (Global Accelerator `us-west-2`)
as `aws:RequestedRegion`, wherever the caller is. A Deny on all regions but one's own that does not except them stops role changes, DNS,
certificates for CloudFront and support cases in every account below it.

## Five whys
1. Why can nobody create a role (change a record, open a support case) any more? An explicit deny in a service control policy.
2. Why does it deny? The request's region is us-east-1, which is not in the list.
3. Why is it us-east-1? These services have no other region.
4. Why was that not seen? The exception list was copied from an older example, or cut.

## Fix now
Add the services in the message to `NotAction` and `aws organizations update-policy --policy-id ID --content file://policy.json`; the
management account is not bound by it and can always do that.

## Workaround
Detach the policy for the hour of the repair: `aws organizations detach-policy --policy-id ID --target-id TARGET`.

## Prevent
Start from the example in the Organizations User Guide ("Deny access to AWS based on the requested AWS Region") and keep its list whole;
try a new policy on a unit with one test account.

## Validate
In a member account `aws iam get-account-summary`, `aws route53 list-hosted-zones` and `aws cloudfront list-distributions` succeed.

## Bad
```hcl
resource "aws_organizations_policy" "regions" {
  name = "regions"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "EuropeOnly"
      Effect    = "Deny"
      NotAction = ["iam:*", "sts:*", "support:*"] # finding
      Resource  = "*"
      Condition = { StringNotEquals = { "aws:RequestedRegion" = ["eu-west-1", "eu-central-1"] } }
    }]
  })
}
```

## Good
```hcl
resource "aws_organizations_policy" "regions" {
  name = "regions"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "EuropeOnly"
      Effect    = "Deny"
      NotAction = [
        "budgets:*", "ce:*", "cloudfront:*", "globalaccelerator:*", "health:*", "iam:*", "organizations:*", "route53:*", "route53domains:*",
        "s3:ListAllMyBuckets", "shield:*", "sts:*", "support:*", "waf:*",
      ]
      Resource  = "*"
      Condition = { StringNotEquals = { "aws:RequestedRegion" = ["eu-west-1", "eu-central-1"] } }
    }]
  })
}
```

```hcl
resource "aws_organizations_policy" "regions" {
  name = "regions"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "EuropeOnly"
      Effect    = "Deny"
      NotAction = ["globalaccelerator:*"]
      Resource  = "*"
      Condition = { StringNotEquals = { "aws:RequestedRegion" = ["us-east-1", "us-west-2", "eu-west-1"] } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.regions import region_denies


@rule(
    target="aws_organizations_policy",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    options={
        "services": ["iam", "organizations", "route53", "cloudfront", "support", "globalaccelerator", "budgets", "ce", "health", "shield"]
    },
)
def check(_body: Node, resource: Resource, graph: Graph, options: dict[str, list[str]]) -> Iterator[Fail]:
    for deny in region_denies(resource, graph):
        hit = [service for service in options["services"] if deny.hits(service)]
        if hit:
            sid = f" {deny.statement.sid}" if deny.statement.sid else ""
            message = f"the Deny{sid} hits {', '.join(hit)}, whose requests come from {deny.home(hit[0])} and which it does not except"
            yield Fail(
                deny.where, message, expected=f"NotAction with {', '.join(f'{it}:*' for it in hit)}", related=(deny.statement.where,)
            )
