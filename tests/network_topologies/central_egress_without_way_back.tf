# The same, and the table of the NAT gateway's subnet does not know the way back.
# with: vpc public_routes private_routes nat open other transit
# ask: aws_instance.other -> internet tcp 443 = blocked: return wrong-route
resource "aws_route" "out" {
  route_table_id         = aws_route_table.other.id
  destination_cidr_block = "0.0.0.0/0"
  transit_gateway_id     = aws_ec2_transit_gateway.main.id
}
resource "aws_ec2_transit_gateway_route" "out" {
  destination_cidr_block         = "0.0.0.0/0"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway.main.association_default_route_table_id
}
