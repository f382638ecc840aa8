# A rule for a group that is only named: whether the client has it is not known.
# with: vpc open app
# ask: aws_instance.app -> aws_instance.server tcp 5432 = unknown
# ask: aws_instance.named -> aws_instance.server tcp 5432 = unknown
resource "aws_security_group" "server" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = ["sg-0123456789abcdef0"]
  }
}
resource "aws_instance" "server" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.server.id]
}
resource "aws_instance" "named" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = ["sg-0123456789abcdef0"]
}
