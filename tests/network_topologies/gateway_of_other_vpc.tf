# The default route leads to the internet gateway of another VPC.
# with: vpc open web
# ask: aws_instance.web -> internet tcp 443 = blocked: forward gateway-elsewhere @attached
resource "aws_vpc" "second" { cidr_block = "10.9.0.0/16" }
resource "aws_internet_gateway" "second" {
  vpc_id = aws_vpc.second.id # @attached
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.second.id
  }
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
