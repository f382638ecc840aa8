# A private subnet whose table has the VPC's own route only.
# with: vpc public_routes private_routes open app
# ask: aws_instance.app -> internet tcp 443 = blocked: forward no-route @private_table
# ask: internet -> aws_instance.app tcp 22 = blocked: forward no-public-address @app; return no-route @private_table
