# The peering is accepted by a resource of its own.
# with: vpc private_routes open app other peering_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = reachable
resource "aws_vpc_peering_connection" "main" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = aws_vpc.other.id
}
resource "aws_vpc_peering_connection_accepter" "main" {
  vpc_peering_connection_id = aws_vpc_peering_connection.main.id
  auto_accept               = true
}
