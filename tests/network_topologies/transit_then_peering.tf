# main reaches other by a transit gateway, and other is peered with third: what comes by the one does not go on by the other.
# with: vpc private_routes open app other transit
# ask: aws_instance.app -> aws_instance.third tcp 5432 = blocked: forward no-transit @there; return no-transit @back
resource "aws_vpc" "third" { cidr_block = "10.2.0.0/16" }
resource "aws_subnet" "third" {
  vpc_id     = aws_vpc.third.id
  cidr_block = "10.2.1.0/24"
}
resource "aws_security_group" "third" {
  vpc_id = aws_vpc.third.id
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.0.0.0/8"]
  }
}
resource "aws_instance" "third" {
  subnet_id              = aws_subnet.third.id
  vpc_security_group_ids = [aws_security_group.third.id]
}
resource "aws_vpc_peering_connection" "second" {
  vpc_id      = aws_vpc.other.id
  peer_vpc_id = aws_vpc.third.id
  auto_accept = true
}
resource "aws_route" "to_gateway" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "10.2.0.0/16"
  transit_gateway_id     = aws_ec2_transit_gateway.main.id
}
resource "aws_ec2_transit_gateway_route" "third" {
  destination_cidr_block         = "10.2.0.0/16"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.other.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway.main.association_default_route_table_id
}
resource "aws_route" "there" {
  route_table_id            = aws_route_table.other.id
  destination_cidr_block    = "10.2.0.0/16" # @there
  vpc_peering_connection_id = aws_vpc_peering_connection.second.id
}
resource "aws_route" "back" {
  route_table_id            = aws_vpc.third.main_route_table_id
  destination_cidr_block    = "10.0.0.0/16" # @back
  vpc_peering_connection_id = aws_vpc_peering_connection.second.id
}
