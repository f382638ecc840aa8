# The NAT gateway's own subnet has no route to an internet gateway.
# with: vpc private_routes nat open app
# ask: aws_instance.app -> internet tcp 443 = blocked: forward no-route @table
resource "aws_route_table" "public" { vpc_id = aws_vpc.main.id } # @table
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
