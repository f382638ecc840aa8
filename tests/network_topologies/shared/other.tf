resource "aws_vpc" "other" { cidr_block = "10.1.0.0/16" }
resource "aws_subnet" "other" {
  vpc_id            = aws_vpc.other.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_route_table" "other" { vpc_id = aws_vpc.other.id } # @other_table
resource "aws_route_table_association" "other" {
  subnet_id      = aws_subnet.other.id
  route_table_id = aws_route_table.other.id
}
resource "aws_security_group" "other" {
  vpc_id = aws_vpc.other.id
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "other" {
  subnet_id              = aws_subnet.other.id
  vpc_security_group_ids = [aws_security_group.other.id]
}
