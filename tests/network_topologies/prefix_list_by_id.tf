# A prefix list that is only named may hold anything.
# with: vpc public_routes
# ask: internet -> aws_instance.web tcp 22 = unknown
# ask: internet -> aws_instance.web tcp 23 = blocked: forward group-ingress @group
resource "aws_security_group" "web" { # @group
  vpc_id = aws_vpc.main.id
  ingress {
    protocol        = "tcp"
    from_port       = 22
    to_port         = 22
    prefix_list_ids = ["pl-0123456789abcdef0"]
  }
}
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
}
