# Static routes in place of propagation.
# with: vpc private_routes open app other transit_by_hand transit_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = reachable
resource "aws_ec2_transit_gateway_route_table_association" "each" {
  for_each = {
    main  = aws_ec2_transit_gateway_vpc_attachment.main.id
    other = aws_ec2_transit_gateway_vpc_attachment.other.id
  }
  transit_gateway_attachment_id  = each.value
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.main.id
}
resource "aws_ec2_transit_gateway_route" "main" {
  destination_cidr_block         = "10.0.0.0/16"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.main.id
}
resource "aws_ec2_transit_gateway_route" "other" {
  destination_cidr_block         = "10.1.0.0/16"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.other.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.main.id
}
