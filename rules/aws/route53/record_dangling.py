"""A DNS record holds an address that this code does not create.

## Why it matters
An address that was released is given to somebody else, and the record still sends your users, cookies and mail there. Even while it is
right, nothing in the code says whose machine it is.

## Five whys
1. Why does our sub-domain show a stranger's page? Its record points at an address that is no longer ours.
2. Why not? The Elastic IP was released when the instance was deleted.
3. Why did the record stay? It holds the address as text, so Terraform sees no connection.

## Fix now
See whose it is: `aws ec2 describe-addresses --public-ips 203.0.113.10`. When it is not there, delete or change the record at once.
Otherwise refer to the resource: `records = [aws_eip.web.public_ip]`, or an alias to the load balancer.

## Workaround
When the address belongs to a partner or an office, suppress the finding on that line with this reason.

## Prevent
Records refer to resources; addresses outside of the code are named in one variable.

## Validate
`dig +short NAME` prints an address that `aws ec2 describe-addresses` (or `describe-network-interfaces`) of your accounts knows.

## Bad
```hcl
resource "aws_route53_record" "www" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "www.example.com"
  type    = "A"
  ttl     = 300
  records = ["203.0.113.10"] # finding
}
```

## Good
```hcl
resource "aws_eip" "web" {
  domain   = "vpc"
  instance = "i-0123456789abcdef0"
}

resource "aws_route53_record" "www" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "www.example.com"
  type    = "A"
  ttl     = 300
  records = [aws_eip.web.public_ip]
}

resource "aws_route53_record" "internal" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "db.example.com"
  type    = "A"
  ttl     = 300
  records = ["10.0.3.17"]
}
```

```hcl
resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}

resource "aws_route53_record" "validation" {
  for_each = {
    for option in aws_acm_certificate.shop.domain_validation_options : option.domain_name => option
  }
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = each.value.resource_record_name
  type    = each.value.resource_record_type
  ttl     = 300
  records = [each.value.resource_record_value]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.address_range import is_public
from auditor.views.zone import validates_certificate


@rule(target="aws_route53_record", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV2_AWS_23")
def check(record: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if validates_certificate(resource) or record.at("type").text != "A":
        return
    for address in record.each("records"):
        if not address.refs and not graph.targets(address) and is_public(address.text):
            yield Fail(address, f"nothing in this code holds the address {address.text}", expected="a reference to the resource")
