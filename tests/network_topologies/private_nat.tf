# A private NAT gateway has no address of the internet.
# with: vpc public_routes private_routes open app
# ask: aws_instance.app -> internet tcp 443 = blocked: forward no-public-address @nat
resource "aws_nat_gateway" "main" { # @nat
  subnet_id         = aws_subnet.public.id
  connectivity_type = "private"
}
resource "aws_route" "out" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.main.id
}
