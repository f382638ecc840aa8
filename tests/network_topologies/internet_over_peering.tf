# The internet gateway and the NAT gateway of a peer are not to be had.
# with: vpc private_routes open app other peering
# ask: aws_instance.app -> internet tcp 443 = blocked: forward no-transit @route
resource "aws_route" "out" {
  route_table_id            = aws_route_table.private.id
  destination_cidr_block    = "0.0.0.0/0" # @route
  vpc_peering_connection_id = aws_vpc_peering_connection.main.id
}
