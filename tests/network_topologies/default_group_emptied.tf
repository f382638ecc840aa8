# The default group is adopted without rules.
# with: vpc
# ask: aws_instance.one -> aws_instance.two tcp 22 = blocked: forward group-egress @group; forward group-ingress @group
resource "aws_default_security_group" "main" { vpc_id = aws_vpc.main.id } # @group
resource "aws_instance" "one" { subnet_id = aws_subnet.private.id }
resource "aws_instance" "two" { subnet_id = aws_subnet.private.id }
