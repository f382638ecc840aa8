# The group lets HTTPS in, and nothing else.
# with: vpc public_routes
# ask: internet -> aws_instance.web tcp 443 = reachable
# ask: internet -> aws_instance.web tcp 22 = blocked: forward group-ingress @group
# ask: internet -> aws_instance.web udp 443 = blocked: forward group-ingress @group
# ask: aws_instance.web -> internet tcp 443 = blocked: forward group-egress @group
resource "aws_security_group" "web" { # @group
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
  vpc_security_group_ids      = [aws_security_group.web.id]
}
