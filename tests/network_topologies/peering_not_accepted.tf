# Nobody accepts the peering.
# with: vpc private_routes open app other peering_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = blocked: forward peering-not-active @peering; return peering-not-active @peering
resource "aws_vpc_peering_connection" "main" { # @peering
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = aws_vpc.other.id
}
