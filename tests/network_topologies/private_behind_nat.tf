# A private instance comes out through the NAT gateway, and nobody comes in.
# with: vpc public_routes private_routes nat open app
# ask: aws_instance.app -> internet tcp 443 = reachable
# ask: aws_instance.app -> 198.51.100.7 tcp 443 = reachable
# ask: internet -> aws_instance.app tcp 22 = blocked: forward no-public-address @app; return wrong-route @nat_route
# ask: internet -> aws_nat_gateway.main tcp 22 = blocked: forward no-listener
