# A stale route to a peering is more specific than the one to the transit gateway, and takes the traffic.
# with: vpc private_routes open app other transit transit_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = blocked: forward no-transit @stale
resource "aws_vpc" "old" { cidr_block = "10.200.0.0/16" }
resource "aws_vpc_peering_connection" "old" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = aws_vpc.old.id
  auto_accept = true
}
resource "aws_route" "stale" {
  route_table_id            = aws_route_table.private.id
  destination_cidr_block    = "10.1.1.0/24" # @stale
  vpc_peering_connection_id = aws_vpc_peering_connection.old.id
}
