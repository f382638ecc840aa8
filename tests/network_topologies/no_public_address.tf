# A public subnet, and an instance without a public address.
# with: vpc public_routes open
# ask: internet -> aws_instance.web tcp 22 = blocked: forward no-public-address @instance
# ask: aws_instance.web -> internet tcp 443 = blocked: forward no-public-address @instance
resource "aws_instance" "web" { # @instance
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
