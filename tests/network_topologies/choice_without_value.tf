# A variable without a value chooses between two groups, two subnets and two gateways: what both allow is still not certain.
# with: vpc public_routes private_routes open
# ask: internet -> aws_instance.one tcp 22 = unknown
# ask: internet -> aws_instance.two tcp 22 = unknown
# ask: aws_instance.three -> aws_instance.four tcp 22 = unknown
# ask: aws_instance.three -> aws_instance.five tcp 22 = blocked: forward group-ingress @closed
variable "open" { type = bool }
resource "aws_security_group" "closed" { # @closed
  vpc_id = aws_vpc.main.id
}
resource "aws_instance" "one" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [var.open ? aws_security_group.open.id : aws_security_group.closed.id]
}
resource "aws_instance" "two" {
  subnet_id                   = var.open ? aws_subnet.public.id : aws_subnet.private.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
}
variable "client_groups" { type = list(string) }
resource "aws_instance" "three" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = var.client_groups
}
resource "aws_security_group" "four" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol        = "tcp"
    from_port       = 22
    to_port         = 22
    security_groups = [aws_security_group.open.id]
  }
}
resource "aws_instance" "four" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.four.id]
}
resource "aws_instance" "five" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.closed.id]
}
