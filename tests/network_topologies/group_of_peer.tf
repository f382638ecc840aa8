# A group of the peer VPC is referred to; another group of it is not let in.
# with: vpc private_routes open app other peering peering_routes
# ask: aws_instance.other -> aws_instance.database tcp 5432 = reachable
# ask: aws_instance.second -> aws_instance.database tcp 5432 = blocked: forward group-ingress @database
resource "aws_security_group" "database" { # @database
  vpc_id = aws_vpc.main.id
  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.other.id]
  }
}
resource "aws_instance" "database" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.database.id]
}
resource "aws_security_group" "second" {
  vpc_id = aws_vpc.other.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "second" {
  subnet_id              = aws_subnet.other.id
  vpc_security_group_ids = [aws_security_group.second.id]
}
