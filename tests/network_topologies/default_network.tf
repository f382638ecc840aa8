# The default VPC and its subnets, as AWS makes them: a gateway, a route to it, and public addresses for everybody.
# with:
# ask: internet -> aws_instance.web tcp 22 = reachable
# ask: aws_instance.web -> internet tcp 443 = reachable
# ask: aws_instance.web -> aws_instance.second tcp 8080 = reachable
# ask: internet -> aws_instance.second tcp 8080 = blocked: forward group-ingress @second; forward no-public-address @hidden
resource "aws_default_vpc" "main" {}
resource "aws_default_subnet" "a" { availability_zone = "eu-west-1a" }
resource "aws_default_subnet" "b" { availability_zone = "eu-west-1b" }
resource "aws_security_group" "web" {
  vpc_id = aws_default_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "web" {
  subnet_id              = aws_default_subnet.a.id
  vpc_security_group_ids = [aws_security_group.web.id]
}
resource "aws_security_group" "second" { # @second
  vpc_id = aws_default_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["172.31.0.0/16"]
  }
}
resource "aws_instance" "second" {
  subnet_id                   = aws_default_subnet.b.id
  associate_public_ip_address = false # @hidden
  vpc_security_group_ids      = [aws_security_group.second.id]
}
