# The subnet behind the transit gateway has no route back.
# with: vpc private_routes open app other transit
# ask: aws_instance.app -> aws_instance.other tcp 5432 = blocked: return no-route @other_table
resource "aws_route" "to_other" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "10.0.0.0/8"
  transit_gateway_id     = aws_ec2_transit_gateway.main.id
}
