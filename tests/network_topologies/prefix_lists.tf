# A prefix list is what its entries are; the list of a service is not the internet.
# with: vpc public_routes
# ask: 198.51.100.9 -> aws_instance.web tcp 22 = reachable
# ask: 198.51.101.9 -> aws_instance.web tcp 22 = blocked: forward group-ingress @group
# ask: internet -> aws_instance.web tcp 80 = reachable
# ask: internet -> aws_instance.web tcp 443 = blocked: forward group-ingress @group
resource "aws_ec2_managed_prefix_list" "office" {
  name           = "office"
  address_family = "IPv4"
  max_entries    = 5
  entry {
    cidr = "198.51.100.0/24"
  }
}
resource "aws_ec2_managed_prefix_list" "world" {
  name           = "world"
  address_family = "IPv4"
  max_entries    = 5
}
resource "aws_ec2_managed_prefix_list_entry" "world" {
  prefix_list_id = aws_ec2_managed_prefix_list.world.id
  cidr           = "0.0.0.0/0"
}
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}
resource "aws_security_group" "web" { # @group
  vpc_id = aws_vpc.main.id
  ingress {
    protocol        = "tcp"
    from_port       = 22
    to_port         = 22
    prefix_list_ids = [aws_ec2_managed_prefix_list.office.id]
  }
  ingress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 80
    prefix_list_ids = [aws_ec2_managed_prefix_list.world.id]
  }
  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    prefix_list_ids = [data.aws_ec2_managed_prefix_list.cloudfront.id]
  }
}
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
}
