"""A public application load balancer has no web application firewall.

## Why it matters
Scanners, credential stuffing and exploits for yesterday's vulnerability reach the application unfiltered, and when an attack is going
on there is nothing that could be switched on within minutes.

## Five whys
1. Why did the exploit reach the application? Nothing looked at the request before it.
2. Why not? No web ACL is associated with the load balancer.
3. Why not? The association is a resource of its own, and the site worked without it.

## Fix now
With an attack going on: create a web ACL with a rate-based rule and `AWSManagedRulesCommonRuleSet`, and associate it:
`aws wafv2 associate-web-acl --web-acl-arn ARN --resource-arn LOAD_BALANCER_ARN`. It acts within a minute. Put both into the code.

## Workaround
Block the source by the network ACL of the load balancer's subnets (`aws ec2 create-network-acl-entry --rule-action deny …`).

## Prevent
Let Firewall Manager associate a web ACL with every public load balancer of the organization.

## Validate
`aws wafv2 get-web-acl-for-resource --resource-arn LOAD_BALANCER_ARN --query WebACL.Name` prints its name.

## Bad
```hcl
resource "aws_lb" "web" { # finding
  name    = "web"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}
```

## Good
```hcl
resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_wafv2_web_acl_association" "web" {
  resource_arn = aws_lb.web.arn
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/12345678-1234-1234-1234-123456789012"
}

resource "aws_lb" "internal" {
  name     = "internal"
  internal = true
  subnets  = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.load_balancer import BALANCERS, balancer_type, is_public


@rule(target=BALANCERS, severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV2_AWS_28")
def check(balancer: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if balancer_type(balancer) != "application" or not is_public(balancer):
        return
    if not graph.attached(resource, "resource_arn", "aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"):
        yield Fail(balancer, "no web ACL protects the public load balancer", expected="an aws_wafv2_web_acl_association")
