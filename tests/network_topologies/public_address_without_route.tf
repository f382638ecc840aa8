# A public address in a subnet without a route to the internet gateway: packets come in, and answers do not go out.
# with: vpc private_routes open
# ask: internet -> aws_instance.web tcp 22 = blocked: return no-route @private_table
# ask: aws_instance.web -> internet tcp 443 = blocked: forward no-route @private_table
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.private.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
}
