# A route to a peering whose destination has no value may take the packets; the internet goes where the default route leads.
# with: vpc public_routes open web
# ask: internet -> aws_instance.web tcp 22 = reachable
# ask: aws_instance.web -> 198.51.100.9 tcp 443 = unknown
# ask: aws_instance.web -> aws_instance.inside tcp 443 = reachable
variable "destination" { type = string }
resource "aws_vpc_peering_connection" "main" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = "vpc-0123456789abcdef0"
  auto_accept = true
}
resource "aws_route" "peer" {
  route_table_id            = aws_route_table.public.id
  destination_cidr_block    = var.destination
  vpc_peering_connection_id = aws_vpc_peering_connection.main.id
}
resource "aws_instance" "inside" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
