# One VPC without gateways goes to the internet through another one's NAT gateway; its answers need the route back.
# with: vpc public_routes private_routes nat open other transit
# ask: aws_instance.other -> internet tcp 443 = reachable
# ask: internet -> aws_instance.other tcp 22 = blocked: forward no-gateway; forward no-public-address; return wrong-route @nat_route
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
resource "aws_route" "back" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "10.1.0.0/16"
  transit_gateway_id     = aws_ec2_transit_gateway.main.id
}
