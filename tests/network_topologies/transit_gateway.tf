# Two VPCs on a transit gateway with its default route table.
# with: vpc private_routes open app other transit transit_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = reachable
# ask: aws_instance.other -> aws_instance.app tcp 5432 = reachable
