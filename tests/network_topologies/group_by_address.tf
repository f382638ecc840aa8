# Rules for addresses: the client's subnet is in, its neighbour is out, a rule for a single address hangs on which one the client gets.
# with: vpc open app
# ask: aws_instance.app -> aws_instance.server tcp 80 = reachable
# ask: aws_instance.front -> aws_instance.server tcp 80 = blocked: forward group-ingress @server
# ask: aws_instance.app -> aws_instance.server tcp 81 = unknown
# ask: aws_instance.fixed -> aws_instance.server tcp 81 = reachable
resource "aws_security_group" "server" { # @server
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = [aws_subnet.private.cidr_block]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 81
    to_port     = 81
    cidr_blocks = ["10.0.1.50/32"]
  }
}
resource "aws_instance" "server" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.server.id]
}
resource "aws_instance" "front" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "fixed" {
  subnet_id              = aws_subnet.private.id
  private_ip             = "10.0.1.50"
  vpc_security_group_ids = [aws_security_group.open.id]
}
