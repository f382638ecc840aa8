# The NAT gateway stands in the subnet that it should serve.
# with: vpc private_routes open app
# ask: aws_instance.app -> internet tcp 443 = blocked: forward nat-without-way-out @nat
resource "aws_nat_gateway" "main" {
  subnet_id     = aws_subnet.private.id # @nat
  allocation_id = "eipalloc-1"
}
resource "aws_route" "out" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.main.id
}
