# A route more specific than the VPC's own leads through a firewall; it hides the groups of the client.
# with: vpc private_routes open
# ask: aws_instance.client -> aws_instance.server tcp 80 = reachable
# ask: aws_instance.client -> aws_instance.server tcp 81 = blocked: forward group-ingress @server
# ask: aws_instance.narrow -> aws_instance.server tcp 80 = blocked: forward group-egress @narrow
resource "aws_subnet" "firewall" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.8.0/24"
}
resource "aws_instance" "firewall" {
  subnet_id              = aws_subnet.firewall.id
  source_dest_check      = false
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_route" "there" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "10.0.0.0/24"
  network_interface_id   = aws_instance.firewall.primary_network_interface_id
}
resource "aws_security_group" "server" { # @server
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["10.0.1.0/24"]
  }
  ingress {
    protocol        = "tcp"
    from_port       = 81
    to_port         = 81
    security_groups = [aws_security_group.open.id]
  }
}
resource "aws_instance" "client" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "server" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.server.id]
}
resource "aws_security_group" "narrow" { # @narrow
  vpc_id = aws_vpc.main.id
  egress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 80
    security_groups = [aws_security_group.server.id]
  }
}
resource "aws_instance" "narrow" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.narrow.id]
}
