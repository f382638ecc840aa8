# A rule for the group itself: its members talk to each other.
# with: vpc open
# ask: aws_instance.one -> aws_instance.two tcp 7000 = reachable
# ask: aws_instance.stranger -> aws_instance.two tcp 7000 = blocked: forward group-ingress @group
resource "aws_security_group" "cluster" { # @group
  vpc_id = aws_vpc.main.id
  ingress {
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }
  egress {
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }
}
resource "aws_instance" "one" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.cluster.id]
}
resource "aws_instance" "two" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.cluster.id]
}
resource "aws_instance" "stranger" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
