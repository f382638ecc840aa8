# The attachment has no subnet in the zone of the client.
# with: vpc private_routes open other transit transit_routes
# ask: aws_instance.far -> aws_instance.other tcp 5432 = blocked: forward tgw-zone-missing
resource "aws_subnet" "far" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.3.0/24"
  availability_zone = "eu-west-1b"
}
resource "aws_route_table_association" "far" {
  subnet_id      = aws_subnet.far.id
  route_table_id = aws_route_table.private.id
}
resource "aws_instance" "far" {
  subnet_id              = aws_subnet.far.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
