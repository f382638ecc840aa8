# The other VPC's subnets route to a transit gateway to which it is not attached.
# with: vpc private_routes open app other transit_routes
# ask: aws_instance.other -> aws_instance.app tcp 5432 = blocked: forward tgw-not-attached @gateway; return tgw-no-route @gateway
resource "aws_ec2_transit_gateway" "main" {} # @gateway
resource "aws_ec2_transit_gateway_vpc_attachment" "main" {
  transit_gateway_id = aws_ec2_transit_gateway.main.id
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [aws_subnet.private.id]
}
