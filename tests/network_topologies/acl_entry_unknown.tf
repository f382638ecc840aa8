# An entry whose action is not known comes first: only what it is about is open.
# with: vpc public_routes open web
# ask: internet -> aws_instance.web tcp 22 = unknown
# ask: internet -> aws_instance.web tcp 80 = reachable
variable "action" { type = string }
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
    rule_no    = 50
    protocol   = "tcp"
    action     = var.action
    cidr_block = "0.0.0.0/0"
    from_port  = 22
    to_port    = 22
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
