# The default ACL is adopted without entries: nothing passes, in every subnet without another one.
# with: vpc public_routes open web
# ask: internet -> aws_instance.web tcp 22 = blocked: forward acl-ingress @acl; return acl-egress @acl
resource "aws_default_network_acl" "main" { # @acl
  default_network_acl_id = aws_vpc.main.default_network_acl_id
}
