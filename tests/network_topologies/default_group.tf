# Instances without groups get the default one: its members reach each other and everything outside, and nobody reaches them.
# with: vpc public_routes open
# ask: aws_instance.one -> aws_instance.two tcp 22 = reachable
# ask: aws_instance.one -> internet tcp 443 = reachable
# ask: internet -> aws_instance.one tcp 22 = blocked: forward group-ingress
resource "aws_instance" "one" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
}
resource "aws_instance" "two" {
  subnet_id = aws_subnet.private.id
}
