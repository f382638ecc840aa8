# A NAT instance with the check off passes packets on; with the check on it drops them.
# with: vpc public_routes open app
# ask: aws_instance.app -> internet tcp 443 = reachable
# ask: aws_instance.second -> internet tcp 443 = blocked: forward check-on @check
resource "aws_instance" "nat" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  source_dest_check           = false
  vpc_security_group_ids      = [aws_security_group.open.id]
}
resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_instance.nat.primary_network_interface_id
  }
}
resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}
resource "aws_instance" "checked" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  source_dest_check           = true # @check
  vpc_security_group_ids      = [aws_security_group.open.id]
}
resource "aws_subnet" "second" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.5.0/24"
}
resource "aws_route_table" "second" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_instance.checked.primary_network_interface_id
  }
}
resource "aws_route_table_association" "second" {
  subnet_id      = aws_subnet.second.id
  route_table_id = aws_route_table.second.id
}
resource "aws_instance" "second" {
  subnet_id              = aws_subnet.second.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
