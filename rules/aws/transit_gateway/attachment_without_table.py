"""A transit gateway attachment is associated with no route table.

## Why it matters
What comes in from a VPC is looked up in the table that its attachment is associated with. Without one everything is dropped, although
the VPC has routes, the attachment is `available`, and others may even see the VPC's range.

## Five whys
1. Why does nothing leave the VPC through the transit gateway? It drops what comes from this attachment.
2. Why? The attachment has no route table to look in.
3. Why none? The default association is switched off, and no association was written for it.

## Fix now
`aws ec2 associate-transit-gateway-route-table --transit-gateway-route-table-id tgw-rtb-… --transit-gateway-attachment-id tgw-attach-…`,
and `enable-transit-gateway-route-table-propagation` in the tables of those who have to find it. Then both as resources.

## Workaround
None without an association.

## Prevent
Attachment, association and propagation in one module; the call chooses the table.

## Validate
`aws ec2 describe-transit-gateway-attachments --transit-gateway-attachment-ids tgw-attach-… --query
'TransitGatewayAttachments[].Association.State'` prints associated.

## Bad
```hcl
resource "aws_ec2_transit_gateway" "hub" {
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "shop" { # finding
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = "vpc-0123456789abcdef0"
  subnet_ids         = ["subnet-0123456789abcdef0"]
}
```

## Good
```hcl
resource "aws_ec2_transit_gateway" "hub" {
  default_route_table_association = "disable"
}

resource "aws_ec2_transit_gateway_route_table" "spokes" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "shop" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = "vpc-0123456789abcdef0"
  subnet_ids         = ["subnet-0123456789abcdef0"]
}

resource "aws_ec2_transit_gateway_route_table_association" "shop" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.shop.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
}

resource "aws_ec2_transit_gateway" "simple" {
}

resource "aws_ec2_transit_gateway_vpc_attachment" "simple" {
  transit_gateway_id = aws_ec2_transit_gateway.simple.id
  vpc_id             = "vpc-0123456789abcdef0"
  subnet_ids         = ["subnet-0123456789abcdef0"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.decide import exists, given
from auditor.views.index import first_open

GATEWAY = "aws_ec2_transit_gateway"
ASSOCIATION = "aws_ec2_transit_gateway_route_table_association"


@rule(
    target="aws_ec2_transit_gateway_vpc_attachment",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnection timed out", r"i/o timeout"),
)
def check(attachment: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    own = attachment.at("transit_gateway_default_route_table_association")
    for gateway in graph.targets(attachment.at("transit_gateway_id"), GATEWAY):
        switch = gateway.at("default_route_table_association")
        off = (given(own) and own.flag is False) or (given(switch) and switch.text == "disable")
        if not off or not exists(gateway):
            continue  # of a gateway that another account shares, its owner associates
        if found := first_open(graph, ("transit_gateway_attachment_id",), (ASSOCIATION,)):
            raise Undecided(found[1])
        if not graph.attached(resource, "transit_gateway_attachment_id", ASSOCIATION):
            message = f"the default association of {gateway.address.text} is off, and no other is written for the attachment"
            yield Fail(attachment, message, expected=ASSOCIATION, related=(switch if given(switch) else own,))
