"""What IAM decides: every layer of policies of one request, in three values, as the AWS guide defines it."""
