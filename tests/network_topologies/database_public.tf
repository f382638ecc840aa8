# Publicly accessible, in a public subnet and in a private one.
# with: vpc public_routes private_routes open
# ask: internet -> aws_db_instance.front tcp 5432 = reachable
# ask: internet -> aws_db_instance.back tcp 5432 = blocked: return no-route @private_table
# ask: internet -> aws_rds_cluster_instance.quiet tcp 5432 = blocked: forward no-public-address @quiet
resource "aws_db_subnet_group" "front" {
  name       = "front"
  subnet_ids = [aws_subnet.public.id]
}
resource "aws_db_subnet_group" "back" {
  name       = "back"
  subnet_ids = [aws_subnet.private.id]
}
resource "aws_db_instance" "front" {
  db_subnet_group_name   = aws_db_subnet_group.front.id
  publicly_accessible    = true
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_db_instance" "back" {
  db_subnet_group_name   = "back"
  publicly_accessible    = true
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_rds_cluster" "quiet" {
  db_subnet_group_name   = aws_db_subnet_group.front.name
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_rds_cluster_instance" "quiet" { # @quiet
  cluster_identifier = aws_rds_cluster.quiet.id
}
