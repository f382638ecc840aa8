# The same with the ephemeral ports: the web server answers, and can ask nobody itself.
# with: vpc public_routes open web
# ask: internet -> aws_instance.web tcp 443 = reachable
# ask: aws_instance.web -> internet tcp 443 = blocked: forward acl-egress @acl; return acl-ingress @acl
resource "aws_network_acl" "public" { # @acl
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.public.id]
}
resource "aws_network_acl_rule" "in" {
  network_acl_id = aws_network_acl.public.id
  rule_number    = 100
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 443
  to_port        = 443
}
resource "aws_network_acl_rule" "out" {
  network_acl_id = aws_network_acl.public.id
  rule_number    = 100
  egress         = true
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 1024
  to_port        = 65535
}
