# Answers to the ports of Linux do not serve a Windows host, and the other way round only in part.
# with: vpc public_routes open web
# ask: aws_instance.windows -> internet tcp 443 = blocked: return acl-ingress @acl
# ask: aws_instance.web -> internet tcp 443 = reachable: return acl-ingress @acl partly
resource "aws_instance" "windows" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  get_password_data           = true
  vpc_security_group_ids      = [aws_security_group.open.id]
}
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
    to_port    = 49151
  }
}
