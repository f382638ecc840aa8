# The account blocks what comes in; connections through NAT still go out, and an excluded subnet is as it was.
# with: vpc public_routes private_routes nat open web app
# ask: internet -> aws_instance.web tcp 22 = blocked: forward public-access-blocked @mode
# ask: aws_instance.web -> internet tcp 443 = blocked: forward public-access-blocked @mode
# ask: aws_instance.app -> internet tcp 443 = reachable
# ask: internet -> aws_instance.excluded tcp 22 = reachable
resource "aws_vpc_block_public_access_options" "main" {
  internet_gateway_block_mode = "block-ingress" # @mode
}
resource "aws_subnet" "excluded" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.6.0/24"
}
resource "aws_route_table_association" "excluded" {
  subnet_id      = aws_subnet.excluded.id
  route_table_id = aws_route_table.public.id
}
resource "aws_vpc_block_public_access_exclusion" "main" {
  subnet_id                       = aws_subnet.excluded.id
  internet_gateway_exclusion_mode = "allow-bidirectional"
}
resource "aws_instance" "excluded" {
  subnet_id                   = aws_subnet.excluded.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
}
