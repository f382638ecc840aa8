# The peer has no route back, so answers are lost.
# with: vpc private_routes open app other peering
# ask: aws_instance.app -> aws_instance.other tcp 5432 = blocked: return no-route @other_table
# ask: aws_instance.other -> aws_instance.app tcp 5432 = blocked: forward no-route @other_table
resource "aws_route" "to_other" {
  route_table_id            = aws_route_table.private.id
  destination_cidr_block    = aws_vpc.other.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.main.id
}
