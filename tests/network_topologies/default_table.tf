# The default table is adopted, and its routes are for every subnet without an association.
# with: vpc private_routes open web
# ask: internet -> aws_instance.web tcp 22 = reachable
# ask: internet -> aws_instance.lost tcp 22 = blocked: return no-route @private_table
resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.main.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_instance" "lost" {
  subnet_id                   = aws_subnet.private.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
}
