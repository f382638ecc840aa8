# The VPC is only named: its gateway, its ACL and its main table are not known; its groups are.
# with:
# ask: internet -> aws_instance.web tcp 22 = unknown
# ask: internet -> aws_instance.web tcp 80 = blocked: forward group-ingress @group
resource "aws_subnet" "main" {
  vpc_id                  = "vpc-0123456789abcdef0"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}
resource "aws_security_group" "web" { # @group
  vpc_id = "vpc-0123456789abcdef0"
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "web" {
  subnet_id              = aws_subnet.main.id
  vpc_security_group_ids = [aws_security_group.web.id]
}
