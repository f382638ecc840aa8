# Two VPCs without a connection meet on the internet: one comes out through NAT, the other has a public address.
# with: vpc public_routes private_routes nat open app
# ask: aws_instance.app -> aws_instance.shop tcp 443 = reachable
resource "aws_vpc" "shop" { cidr_block = "10.5.0.0/16" }
resource "aws_internet_gateway" "shop" { vpc_id = aws_vpc.shop.id }
resource "aws_subnet" "shop" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.5.0.0/24"
}
resource "aws_default_route_table" "shop" {
  default_route_table_id = aws_vpc.shop.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.shop.id
  }
}
resource "aws_security_group" "shop" {
  vpc_id = aws_vpc.shop.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "shop" {
  subnet_id                   = aws_subnet.shop.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.shop.id]
}
