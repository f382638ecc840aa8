# An ACL that lets nothing through does not stand between two hosts of its own subnet.
# with: vpc open
# ask: aws_instance.one -> aws_instance.two tcp 5432 = reachable
# ask: aws_instance.one -> aws_instance.far tcp 5432 = blocked: forward acl-egress @acl; return acl-ingress @acl
resource "aws_network_acl" "closed" { # @acl
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.private.id]
}
resource "aws_instance" "one" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "two" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "far" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
