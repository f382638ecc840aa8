# An Elastic IP makes an instance public, by the instance or by its interface.
# with: vpc public_routes open
# ask: internet -> aws_instance.one tcp 22 = reachable
# ask: internet -> aws_instance.two tcp 22 = reachable
# ask: internet -> aws_instance.three tcp 22 = reachable
resource "aws_instance" "one" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_eip" "one" { instance = aws_instance.one.id }
resource "aws_instance" "two" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_eip" "two" {}
resource "aws_eip_association" "two" {
  allocation_id = aws_eip.two.id
  instance_id   = aws_instance.two.id
}
resource "aws_network_interface" "three" {
  subnet_id       = aws_subnet.public.id
  security_groups = [aws_security_group.open.id]
}
resource "aws_eip" "three" { network_interface = aws_network_interface.three.id }
resource "aws_instance" "three" {
  network_interface {
    network_interface_id = aws_network_interface.three.id
    device_index         = 0
  }
}
