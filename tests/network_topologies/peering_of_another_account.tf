# Whether the other account has accepted, and what is in its VPC, is not known.
# with: vpc private_routes open app
# ask: aws_instance.app -> 10.1.1.9 tcp 5432 = unknown
resource "aws_vpc_peering_connection" "main" {
  vpc_id        = aws_vpc.main.id
  peer_vpc_id   = "vpc-0123456789abcdef0"
  peer_owner_id = "222222222222"
}
resource "aws_route" "to_other" {
  route_table_id            = aws_route_table.private.id
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.main.id
}
