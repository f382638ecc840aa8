# A function and a database: the group lets the function in; its ephemeral ports are more than those of Linux.
# with: vpc open
# ask: aws_lambda_function.job -> aws_db_instance.orders tcp 5432 = reachable: return acl-ingress @acl partly
# ask: aws_lambda_function.job -> aws_db_instance.orders tcp 3306 = blocked: forward group-ingress @database; return acl-ingress @acl partly
resource "aws_db_subnet_group" "orders" {
  name       = "orders"
  subnet_ids = [aws_subnet.private.id]
}
resource "aws_security_group" "database" { # @database
  vpc_id = aws_vpc.main.id
  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.open.id]
  }
}
resource "aws_db_instance" "orders" {
  db_subnet_group_name   = aws_db_subnet_group.orders.name
  vpc_security_group_ids = [aws_security_group.database.id]
}
resource "aws_lambda_function" "job" {
  function_name = "job"
  role          = "arn:aws:iam::111111111111:role/job"
  vpc_config {
    subnet_ids         = [aws_subnet.public.id]
    security_group_ids = [aws_security_group.open.id]
  }
}
resource "aws_network_acl" "public" { # @acl
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.public.id]
  ingress {
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "10.0.0.0/16"
    from_port  = 32768
    to_port    = 65535
  }
  egress {
    rule_no    = 100
    protocol   = "-1"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}
