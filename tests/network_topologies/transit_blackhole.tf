# A blackhole that is more specific than what is announced.
# with: vpc private_routes open app other transit transit_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = blocked: forward blackhole @hole
# ask: aws_instance.other -> aws_instance.app tcp 5432 = blocked: return blackhole @hole
resource "aws_ec2_transit_gateway_route" "hole" {
  destination_cidr_block         = "10.1.1.0/24" # @hole
  blackhole                      = true
  transit_gateway_route_table_id = aws_ec2_transit_gateway.main.association_default_route_table_id
}
