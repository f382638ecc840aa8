# The VPC has no internet gateway at all.
# with: open
# ask: internet -> aws_instance.web tcp 22 = blocked: forward no-gateway @vpc; return no-route @vpc
# ask: aws_instance.web -> internet tcp 443 = blocked: forward no-route @vpc
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" } # @vpc
resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.main.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open.id]
}
