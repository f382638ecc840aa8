# An egress-only internet gateway lets connections out, and none in.
# with: open
# ask: aws_instance.web -> 2001:4860::1 tcp 443 = reachable
# ask: 2001:4860::1 -> aws_instance.web tcp 22 = blocked: return egress-only @route
resource "aws_vpc" "main" {
  cidr_block                       = "10.0.0.0/16"
  assign_generated_ipv6_cidr_block = true
}
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_egress_only_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_subnet" "main" {
  vpc_id                          = aws_vpc.main.id
  cidr_block                      = "10.0.1.0/24"
  ipv6_cidr_block                 = "2600:1f18::/64"
  assign_ipv6_address_on_creation = true
}
resource "aws_route" "out" {
  route_table_id              = aws_vpc.main.main_route_table_id
  destination_ipv6_cidr_block = "::/0" # @route
  egress_only_gateway_id      = aws_egress_only_internet_gateway.main.id
}
resource "aws_instance" "web" {
  subnet_id              = aws_subnet.main.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
