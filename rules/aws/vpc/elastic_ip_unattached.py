"""An Elastic IP is attached to nothing.

## Why it matters
It costs money without doing anything, and it counts against the quota of five in a region: in an emergency the next NAT gateway fails
with `AddressLimitExceeded`. A DNS record that still points at it after its release can be taken over by whoever gets the address next.

## Five whys
1. Why did creating the NAT gateway fail? No Elastic IP was left.
2. Why not? The quota is used up by addresses that nothing uses.
3. Why are they there? The instance was removed from the code, the address was not.

## Fix now
Attach it (`instance`, `network_interface` or an `aws_eip_association`) or delete the resource. Look for DNS records with the address
first: `aws route53 list-resource-record-sets --hosted-zone-id Z… --query
"ResourceRecordSets[?ResourceRecords[?Value=='203.0.113.10']]"`.

## Workaround
When it is kept as a reserve for a failover, suppress the finding with that reason, and output its `allocation_id` for the runbook.

## Prevent
Create the address in the module of the thing that uses it.

## Validate
`aws ec2 describe-addresses --query 'Addresses[?AssociationId==null].PublicIp'` prints an empty list.

## Bad
```hcl
resource "aws_eip" "spare" { # finding
  domain = "vpc"
}

output "address" {
  value = aws_eip.spare.public_ip
}
```

## Good
```hcl
resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = "subnet-0123456789abcdef0"
}

resource "aws_eip" "web" {
  domain   = "vpc"
  instance = "i-0123456789abcdef0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Relation, Resource, Severity, rule
from auditor.views.decide import given, undecided
from auditor.views.index import first_open

ADDRESSES = ("public_ip", "public_dns", "address")
"""Naming these of an Elastic IP attaches it to nothing."""


@rule(
    target="aws_eip",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    facets=(Facet.WRITTEN,),  # elsewhere ids stand in place of references
    aliases="CKV2_AWS_19",
)
def check(eip: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if given(eip.at("instance")) or given(eip.at("network_interface")):
        return
    for edge in graph.into(resource, Relation.REFERS):
        read = {ref.attribute for ref in edge.because.refs if ref.address == resource.address}
        if edge.source.kind != "local" and (not read <= set(ADDRESSES) or edge.source.kind.startswith("aws_eip")):
            return
    if found := first_open(graph, ("allocation_id", "public_ip", "subnet_mapping.allocation_id")):
        other, node = found
        raise undecided(node, f"{other.address.text}.{node.path} is not known here")
    if gap := graph.gap_for(resource):
        raise undecided(eip, gap)
    yield Fail(eip, "the Elastic IP is attached to nothing", expected="an instance, interface, NAT gateway or load balancer with it")
