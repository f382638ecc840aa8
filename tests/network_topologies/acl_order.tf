# The entry with the smaller number decides, wherever it is written.
# with: vpc public_routes open web
# ask: internet -> aws_instance.web tcp 22 = blocked: forward acl-ingress @deny
# ask: internet -> aws_instance.web tcp 23 = reachable
# ask: internet -> aws_instance.web tcp 3389 = reachable
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
    rule_no    = 200
    protocol   = "-1"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
  ingress {
    rule_no    = 300
    protocol   = "tcp"
    action     = "deny"
    cidr_block = "0.0.0.0/0"
    from_port  = 3389
    to_port    = 3389
  }
}
resource "aws_network_acl_rule" "deny" {
  network_acl_id = aws_network_acl.public.id
  rule_number    = 50
  protocol       = "tcp"
  rule_action    = "deny"
  cidr_block     = "0.0.0.0/0" # @deny
  from_port      = 22
  to_port        = 22
}
