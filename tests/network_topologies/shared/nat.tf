resource "aws_eip" "nat" {}
resource "aws_nat_gateway" "main" {
  subnet_id     = aws_subnet.public.id
  allocation_id = aws_eip.nat.id
}
resource "aws_route" "nat" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0" # @nat_route
  nat_gateway_id         = aws_nat_gateway.main.id
}
