# One address is refused; the internet is still the internet.
# with: vpc public_routes open web
# ask: internet -> aws_instance.web tcp 22 = reachable
# ask: 198.51.100.7 -> aws_instance.web tcp 22 = blocked: forward acl-ingress @deny
# ask: 198.51.100.8 -> aws_instance.web tcp 22 = reachable
resource "aws_network_acl" "public" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.public.id]
  egress {
    rule_no    = 100
    protocol   = "-1"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
  ingress {
    rule_no    = 10
    protocol   = "-1"
    action     = "deny"
    cidr_block = "198.51.100.7/32" # @deny
    from_port  = 0
    to_port    = 0
  }
  ingress {
    rule_no    = 100
    protocol   = "-1"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}
