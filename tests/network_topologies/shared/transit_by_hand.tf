resource "aws_ec2_transit_gateway" "main" {
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
}
resource "aws_ec2_transit_gateway_vpc_attachment" "main" { # @attachment_main
  transit_gateway_id = aws_ec2_transit_gateway.main.id
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [aws_subnet.private.id]
}
resource "aws_ec2_transit_gateway_vpc_attachment" "other" { # @attachment_other
  transit_gateway_id = aws_ec2_transit_gateway.main.id
  vpc_id             = aws_vpc.other.id
  subnet_ids         = [aws_subnet.other.id]
}
resource "aws_ec2_transit_gateway_route_table" "main" { # @transit_table
  transit_gateway_id = aws_ec2_transit_gateway.main.id
}
