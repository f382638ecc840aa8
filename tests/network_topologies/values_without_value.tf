# Variables without a value: each leaves open what hangs on it, and nothing else.
# with: vpc public_routes
# ask: internet -> aws_instance.web tcp 22 = unknown
# ask: internet -> aws_instance.web tcp 80 = reachable
# ask: internet -> aws_instance.web tcp 25 = blocked: forward group-ingress @group
# ask: internet -> aws_instance.maybe tcp 80 = unknown
# ask: internet -> aws_instance.maybe tcp 25 = blocked: forward group-ingress @group
variable "ranges" { type = list(string) }
variable "public" { type = bool }
resource "aws_security_group" "web" { # @group
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = var.ranges
  }
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
}
resource "aws_instance" "maybe" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = var.public
  vpc_security_group_ids      = [aws_security_group.web.id]
}
