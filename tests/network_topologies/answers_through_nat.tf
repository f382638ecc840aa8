# Asymmetric: packets come in by the public address, the answers leave through a NAT gateway with another address.
# with: vpc public_routes private_routes nat open
# ask: internet -> aws_instance.web tcp 22 = blocked: return wrong-route @nat_route
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.private.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
}
