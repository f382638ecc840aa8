# A rule for a group lets its members in, by whatever address, and nobody else from the same subnet.
# with: vpc open
# ask: aws_instance.client -> aws_instance.server tcp 5432 = reachable
# ask: aws_instance.stranger -> aws_instance.server tcp 5432 = blocked: forward group-ingress @server
# ask: aws_instance.client -> aws_instance.server tcp 22 = blocked: forward group-ingress @server
# ask: aws_instance.server -> aws_instance.client tcp 22 = blocked: forward group-egress @server; forward group-ingress @client
resource "aws_security_group" "client" { # @client
  vpc_id = aws_vpc.main.id
}
resource "aws_vpc_security_group_egress_rule" "client" {
  security_group_id            = aws_security_group.client.id
  ip_protocol                  = "tcp"
  from_port                    = 0
  to_port                      = 65535
  referenced_security_group_id = aws_security_group.server.id
}
resource "aws_security_group" "server" { # @server
  vpc_id = aws_vpc.main.id
}
resource "aws_security_group_rule" "server" {
  security_group_id        = aws_security_group.server.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
  source_security_group_id = aws_security_group.client.id
}
resource "aws_instance" "client" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.client.id]
}
resource "aws_instance" "stranger" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "server" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.server.id]
}
