# The ACL lets HTTPS in and the answers not out.
# with: vpc public_routes open web
# ask: internet -> aws_instance.web tcp 443 = blocked: return acl-egress @acl
# ask: internet -> aws_instance.web tcp 22 = blocked: forward acl-ingress @acl; return acl-egress @acl
resource "aws_network_acl" "public" { # @acl
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.public.id]
  ingress {
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 443
    to_port    = 443
  }
  egress {
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 443
    to_port    = 443
  }
}
