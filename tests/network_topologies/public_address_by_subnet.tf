# The subnet gives every instance a public address; one refuses it.
# with: vpc open
# ask: internet -> aws_instance.web tcp 22 = reachable
# ask: internet -> aws_instance.hidden tcp 22 = blocked: forward no-public-address @hidden
resource "aws_subnet" "mapped" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.7.0/24"
  map_public_ip_on_launch = true
}
resource "aws_route" "out" {
  route_table_id         = aws_vpc.main.default_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}
resource "aws_instance" "web" {
  subnet_id              = aws_subnet.mapped.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "hidden" {
  subnet_id                   = aws_subnet.mapped.id
  associate_public_ip_address = false # @hidden
  vpc_security_group_ids      = [aws_security_group.open.id]
}
