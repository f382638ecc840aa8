# The ACL is associated by a resource of its own, both subnets on the way have one.
# with: vpc open app
# ask: aws_instance.front -> aws_instance.app tcp 8080 = blocked: forward acl-ingress @server; return acl-ingress @client
resource "aws_network_acl" "client" { # @client
  vpc_id = aws_vpc.main.id
  egress {
    rule_no    = 100
    protocol   = "-1"
    action     = "allow"
    cidr_block = "10.0.0.0/16"
    from_port  = 0
    to_port    = 0
  }
}
resource "aws_network_acl_association" "client" {
  network_acl_id = aws_network_acl.client.id
  subnet_id      = aws_subnet.public.id
}
resource "aws_network_acl" "server" { # @server
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.private.id]
  egress {
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "10.0.0.0/24"
    from_port  = 32768
    to_port    = 60999
  }
  ingress {
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "10.0.0.0/24"
    from_port  = 80
    to_port    = 80
  }
}
resource "aws_instance" "front" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
