# An instance with a public address, a route to the internet gateway and an open group.
# with: vpc public_routes open web
# ask: internet -> aws_instance.web tcp 22 = reachable
# ask: internet -> aws_instance.web udp 53 = reachable
# ask: internet -> aws_instance.web icmp = reachable
# ask: aws_instance.web -> internet tcp 443 = reachable
# ask: 203.0.113.9 -> aws_instance.web tcp 22 = reachable
# ask: aws_instance.web -> 203.0.113.9 tcp 443 = reachable
