# The route table splits the other subnet between a peering and nothing.
# with: vpc private_routes open app other peering
# ask: aws_instance.app -> aws_instance.other tcp 5432 = unknown
resource "aws_route" "half" {
  route_table_id            = aws_route_table.private.id
  destination_cidr_block    = "10.1.1.0/25"
  vpc_peering_connection_id = aws_vpc_peering_connection.main.id
}
resource "aws_route" "back" {
  route_table_id            = aws_route_table.other.id
  destination_cidr_block    = "10.0.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.main.id
}
