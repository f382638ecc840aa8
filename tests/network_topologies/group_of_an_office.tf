# The group lets one address in, which is not the internet.
# with: vpc public_routes
# ask: internet -> aws_instance.web tcp 22 = blocked: forward group-ingress @group
# ask: 198.51.100.7 -> aws_instance.web tcp 22 = reachable
# ask: 198.51.100.8 -> aws_instance.web tcp 22 = blocked: forward group-ingress @group
resource "aws_security_group" "web" { # @group
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["198.51.100.7/32"]
  }
}
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
}
