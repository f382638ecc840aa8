# The range of the VPC has no value; rules and entries that name the range itself hold for its hosts all the same.
# with: open
# ask: aws_instance.one -> aws_instance.two tcp 80 = reachable
# ask: aws_instance.one -> aws_instance.two tcp 81 = unknown
variable "range" { type = string }
resource "aws_vpc" "main" { cidr_block = var.range }
resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(var.range, 8, 1)
}
resource "aws_subnet" "two" {
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(var.range, 8, 2)
}
resource "aws_security_group" "two" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = [aws_vpc.main.cidr_block]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 81
    to_port     = 81
    cidr_blocks = ["10.0.0.0/8"]
  }
}
resource "aws_instance" "one" {
  subnet_id              = aws_subnet.one.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "two" {
  subnet_id              = aws_subnet.two.id
  vpc_security_group_ids = [aws_security_group.two.id]
}
