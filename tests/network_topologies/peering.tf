# Two VPCs, a peering, and routes on both sides.
# with: vpc private_routes open app other peering peering_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = reachable
# ask: aws_instance.other -> aws_instance.app tcp 5432 = reachable
