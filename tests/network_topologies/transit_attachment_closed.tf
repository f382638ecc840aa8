# The ACL of the transit gateway's subnets does not let the hosts in; the way out of it is free.
# with: vpc private_routes open app other transit_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = blocked: forward acl-ingress @acl
# ask: aws_instance.other -> aws_instance.app tcp 5432 = blocked: return acl-ingress @acl
resource "aws_ec2_transit_gateway" "main" {}
resource "aws_subnet" "attachment" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.9.0/28"
  availability_zone = "eu-west-1a"
}
resource "aws_network_acl" "attachment" { # @acl
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.attachment.id]
  egress {
    rule_no    = 100
    protocol   = "-1"
    action     = "allow"
    cidr_block = "10.0.0.0/8"
    from_port  = 0
    to_port    = 0
  }
}
resource "aws_ec2_transit_gateway_vpc_attachment" "main" {
  transit_gateway_id = aws_ec2_transit_gateway.main.id
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [aws_subnet.attachment.id]
}
resource "aws_ec2_transit_gateway_vpc_attachment" "other" {
  transit_gateway_id = aws_ec2_transit_gateway.main.id
  vpc_id             = aws_vpc.other.id
  subnet_ids         = [aws_subnet.other.id]
}
