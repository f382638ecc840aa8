# Two VPCs without a connection: the default route sends the packets to the internet gateway, where they end.
# with: vpc public_routes open other
# ask: aws_instance.web -> aws_instance.other tcp 22 = blocked: forward wrong-route; return no-route @other_table
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
}
