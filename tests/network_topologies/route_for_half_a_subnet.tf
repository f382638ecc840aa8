# A route is for a half of the other subnet: which address its host gets decides, unless the address is fixed.
# with: vpc private_routes open app other transit transit_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = unknown
# ask: aws_instance.app -> aws_instance.low tcp 5432 = reachable
# ask: aws_instance.app -> aws_instance.high tcp 5432 = blocked: forward blackhole @hole
resource "aws_ec2_transit_gateway_route" "hole" {
  destination_cidr_block         = "10.1.1.128/25" # @hole
  blackhole                      = true
  transit_gateway_route_table_id = aws_ec2_transit_gateway.main.association_default_route_table_id
}
resource "aws_route" "half" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "10.1.1.0/25"
  transit_gateway_id     = aws_ec2_transit_gateway.main.id
}
resource "aws_instance" "low" {
  subnet_id              = aws_subnet.other.id
  private_ip             = "10.1.1.5"
  vpc_security_group_ids = [aws_security_group.other.id]
}
resource "aws_instance" "high" {
  subnet_id              = aws_subnet.other.id
  private_ip             = "10.1.1.200"
  vpc_security_group_ids = [aws_security_group.other.id]
}
