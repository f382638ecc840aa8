# An interface endpoint: only what its group lets in.
# with: vpc open app
# ask: aws_instance.app -> aws_vpc_endpoint.secrets tcp 443 = blocked: forward group-ingress @group
# ask: aws_instance.app -> aws_vpc_endpoint.logs tcp 443 = reachable
resource "aws_security_group" "endpoint" { # @group
  vpc_id = aws_vpc.main.id
}
resource "aws_vpc_endpoint" "secrets" {
  vpc_id             = aws_vpc.main.id
  service_name       = "com.amazonaws.eu-west-1.secretsmanager"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = [aws_subnet.private.id]
  security_group_ids = [aws_security_group.endpoint.id]
}
resource "aws_vpc_endpoint" "logs" {
  vpc_id             = aws_vpc.main.id
  service_name       = "com.amazonaws.eu-west-1.logs"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = [aws_subnet.private.id]
  security_group_ids = [aws_security_group.open.id]
}
