# The ACL of the NAT gateway's subnet does not let the answers of the internet in, nor packets for it in at port 80.
# with: vpc public_routes private_routes nat open app
# ask: aws_instance.app -> internet tcp 443 = blocked: return acl-ingress @acl
# ask: aws_instance.app -> internet tcp 80 = blocked: forward acl-ingress @acl; return acl-ingress @acl
resource "aws_network_acl" "public" { # @acl
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.public.id]
  ingress {
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "10.0.1.0/24"
    from_port  = 443
    to_port    = 443
  }
  egress {
    rule_no    = 100
    protocol   = "-1"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}
