# Two halves are the internet, whichever rule each stands in.
# with: vpc public_routes
# ask: internet -> aws_instance.web tcp 22 = reachable
# ask: internet -> aws_instance.web tcp 80 = reachable
# ask: internet -> aws_instance.web tcp 81 = blocked: forward group-ingress @group
resource "aws_security_group" "web" { # @group
  vpc_id = aws_vpc.main.id
}
resource "aws_vpc_security_group_ingress_rule" "low" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/1"
}
resource "aws_security_group_rule" "high" {
  security_group_id = aws_security_group.web.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 80
  cidr_blocks       = ["128.0.0.0/1"]
}
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
}
