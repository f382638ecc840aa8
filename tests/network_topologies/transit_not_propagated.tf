# Both attachments are associated; only one of them announces its range.
# with: vpc private_routes open app other transit_by_hand transit_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = blocked: forward tgw-no-route @transit_table
# ask: aws_instance.other -> aws_instance.app tcp 5432 = blocked: return tgw-no-route @transit_table
resource "aws_ec2_transit_gateway_route_table_association" "main" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.main.id
}
resource "aws_ec2_transit_gateway_route_table_association" "other" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.other.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.main.id
}
resource "aws_ec2_transit_gateway_route_table_propagation" "main" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.main.id
}
