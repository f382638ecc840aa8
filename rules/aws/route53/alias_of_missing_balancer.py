"""An alias names a load balancer that this code does not create.

## Why it matters
The name of a load balancer is made by AWS and gone with it. A record that holds it as text goes on pointing there: clients get NXDOMAIN,
or, once AWS gives the name to somebody else's load balancer, another site.

## Five whys
1. Why does the name not resolve? It is an alias of a load balancer that was deleted.
2. Why did the record stay? It holds the load balancer's name as text, so Terraform saw no connection.
3. Why as text? It was copied from the console while the load balancer was not in the code.

## Fix now
`dig +short NAME_OF_THE_LOAD_BALANCER`: when it prints nothing, point the record at the live one. In the code:
`name = aws_lb.web.dns_name` and `zone_id = aws_lb.web.zone_id`.

## Workaround
When the load balancer belongs to another account or stack, look it up with `data "aws_lb"`: a plan then fails when it is gone.

## Prevent
Records refer to resources or data sources, never to names of AWS as text.

## Validate
`aws elbv2 describe-load-balancers --query "LoadBalancers[?DNSName=='NAME'].LoadBalancerArn"` prints one.

## Bad
```hcl
resource "aws_route53_record" "www" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "www.example.com"
  type    = "A"

  alias {
    name                   = "web-1234567890.eu-west-1.elb.amazonaws.com" # finding
    zone_id                = "Z32O12XQLNTSW2"
    evaluate_target_health = true
  }
}
```

## Good
```hcl
data "aws_lb" "web" {
  name = "web"
}

resource "aws_route53_record" "www" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "www.example.com"
  type    = "A"

  alias {
    name                   = data.aws_lb.web.dns_name
    zone_id                = data.aws_lb.web.zone_id
    evaluate_target_health = true
  }
}

resource "aws_route53_record" "files" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "files.example.com"
  type    = "A"

  alias {
    name                   = "s3-website-eu-west-1.amazonaws.com"
    zone_id                = "Z1BKCTXD74EZPE"
    evaluate_target_health = false
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.zone import balancer_of

BALANCER_NAME = re.compile(r"(?i)(.+\.elb\.amazonaws\.com|.+\.elb\.[a-z0-9-]+\.amazonaws\.com)(\.cn)?\.?")


@rule(
    target="aws_route53_record",
    each="alias.name",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    facets=(Facet.WRITTEN,),  # in a plan or state every name is text
    symptoms=(r"NXDOMAIN", r"could not resolve host"),
)
def check(name: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if name.refs:
        return
    text = name.text or ""
    if BALANCER_NAME.fullmatch(text) and balancer_of(resource, graph) is None:
        yield Fail(name, f"nothing in this code creates the load balancer {text}", expected="a reference to the load balancer")
