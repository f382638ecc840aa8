# What is behind a VPN gateway is not here: the way ends there, and nobody knows more.
# with: vpc open app
# ask: aws_instance.app -> 192.168.7.7 tcp 443 = unknown
# ask: 192.168.7.7 -> aws_instance.app tcp 22 = unknown
# ask: aws_instance.closed -> 192.168.7.7 tcp 443 = blocked: forward group-egress @closed
resource "aws_vpn_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_route" "home" {
  route_table_id         = aws_vpc.main.main_route_table_id
  destination_cidr_block = "192.168.0.0/16"
  gateway_id             = aws_vpn_gateway.main.id
}
resource "aws_security_group" "closed" { # @closed
  vpc_id = aws_vpc.main.id
}
resource "aws_instance" "closed" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.closed.id]
}
