# A gateway endpoint serves the subnets whose tables it is in; others take the way of the internet, if they have one.
# with: vpc private_routes open app
# ask: aws_instance.app -> aws_vpc_endpoint.s3 tcp 443 = reachable
# ask: aws_instance.app -> internet tcp 443 = blocked: forward no-route @private_table
# ask: aws_instance.narrow -> aws_vpc_endpoint.s3 tcp 443 = reachable
# ask: aws_instance.narrow -> aws_vpc_endpoint.s3 tcp 80 = blocked: forward group-egress @narrow
# ask: aws_instance.narrow -> internet tcp 443 = blocked: forward group-egress @narrow; forward no-route @private_table
# ask: aws_instance.lonely -> aws_vpc_endpoint.s3 tcp 443 = blocked: forward no-route @lonely
# ask: aws_instance.app -> aws_vpc_endpoint.dynamodb tcp 443 = blocked: forward no-route @private_table
# ask: aws_instance.narrow -> aws_s3_bucket.media tcp 443 = reachable
# ask: aws_instance.lonely -> aws_s3_bucket.media tcp 443 = blocked: forward no-route @lonely
resource "aws_s3_bucket" "media" {}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.private.id]
}
resource "aws_vpc_endpoint" "dynamodb" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.dynamodb"
}
resource "aws_security_group" "narrow" { # @narrow
  vpc_id = aws_vpc.main.id
  egress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    prefix_list_ids = [aws_vpc_endpoint.s3.prefix_list_id]
  }
}
resource "aws_instance" "narrow" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.narrow.id]
}
resource "aws_route_table" "lonely" { vpc_id = aws_vpc.main.id } # @lonely
resource "aws_route_table_association" "lonely" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.lonely.id
}
resource "aws_instance" "lonely" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
