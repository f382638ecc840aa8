# Two appliances that send packets to each other.
# with: vpc private_routes open app
# ask: aws_instance.app -> internet tcp 443 = blocked: forward loop
resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.10.0/24"
}
resource "aws_subnet" "two" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.11.0/24"
}
resource "aws_instance" "one" {
  subnet_id              = aws_subnet.one.id
  source_dest_check      = false
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "two" {
  subnet_id              = aws_subnet.two.id
  source_dest_check      = false
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_route_table" "one" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_instance.two.primary_network_interface_id
  }
}
resource "aws_route_table" "two" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_instance.one.primary_network_interface_id
  }
}
resource "aws_route_table_association" "one" {
  subnet_id      = aws_subnet.one.id
  route_table_id = aws_route_table.one.id
}
resource "aws_route_table_association" "two" {
  subnet_id      = aws_subnet.two.id
  route_table_id = aws_route_table.two.id
}
resource "aws_route" "out" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.one.primary_network_interface_id
}
