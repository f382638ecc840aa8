# A function's interfaces never get public addresses, so the route to the internet gateway leads nowhere.
# with: vpc public_routes open
# ask: aws_lambda_function.job -> internet tcp 443 = blocked: forward no-public-address @function
# ask: aws_lambda_function.outside -> internet tcp 443 = reachable
resource "aws_lambda_function" "job" { # @function
  function_name = "job"
  role          = "arn:aws:iam::111111111111:role/job"
  vpc_config {
    subnet_ids         = [aws_subnet.public.id]
    security_group_ids = [aws_security_group.open.id]
  }
}
resource "aws_lambda_function" "outside" {
  function_name = "outside"
  role          = "arn:aws:iam::111111111111:role/job"
}
