# One group of the server is only named: it may let more in, and never less.
# with: vpc public_routes open
# ask: internet -> aws_instance.web tcp 443 = reachable
# ask: internet -> aws_instance.web tcp 22 = unknown
# ask: internet -> aws_instance.hidden tcp 22 = blocked: forward no-public-address @hidden
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id, "sg-0123456789abcdef0"]
}
resource "aws_instance" "hidden" { # @hidden
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = ["sg-0123456789abcdef0"]
}
