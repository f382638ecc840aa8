# The ACL lets answers to the ports of Linux through: enough for an instance, and for a part of the connections of a NAT gateway.
# with: vpc public_routes private_routes nat open web app
# ask: aws_instance.web -> internet tcp 443 = reachable
# ask: aws_instance.app -> internet tcp 443 = reachable: return acl-ingress @acl partly
resource "aws_network_acl" "public" { # @acl
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
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 32768
    to_port    = 60999
  }
  ingress {
    rule_no    = 200
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "10.0.0.0/16"
    from_port  = 0
    to_port    = 65535
  }
}
