# The account blocks both ways.
# with: vpc public_routes private_routes nat open app
# ask: aws_instance.app -> internet tcp 443 = blocked: forward public-access-blocked @mode
resource "aws_vpc_block_public_access_options" "main" {
  internet_gateway_block_mode = "block-bidirectional" # @mode
}
