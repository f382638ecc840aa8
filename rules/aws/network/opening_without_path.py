"""A rule admits the whole internet, and today no path leads there.

## Why it matters
Nothing is exposed yet, so this is no emergency. One more change, each of them ordinary (a public address, a route, another subnet),
turns the rule into an open door, and that change will not look like one.

## Five whys
1. Why was the host exposed by a change of a route table? Its security group admitted everybody already.
2. Why did nobody narrow the rule? It had no effect.
3. Why was it so wide? It was copied from a public service, and the private network was thought to be the protection.

## Fix now
Nothing is urgent. Replace `0.0.0.0/0` by what has to come in: the range of the VPC, or the group of the clients.

## Workaround
None is needed; suppress the finding where the path is closed for good.

## Prevent
Rules that name groups instead of ranges inside of a VPC.

## Validate
`auditor reach internet aws_instance.NAME --port PORT` still names what blocks, and the clients still connect.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}

resource "aws_instance" "app" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.app.id]
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  count                   = 2
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.${count.index}.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "web" {
  subnets         = aws_subnet.public[*].id
  security_groups = [aws_security_group.web.id]
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type = "fixed-response"
    fixed_response { content_type = "text/plain" }
  }
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_security_group" "unused" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.ingress import GROUPS, INBOUND, Opening, inbound
from auditor.views.network.exposure import Exposure, exposure
from auditor.views.reachable import guarded_by, not_known

SHOWN = 3


@rule(target=INBOUND, each=inbound, severity=Severity.INFO, confidence=Confidence.FIRM)
def check(opening: Opening, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not opening.anywhere:
        return
    groups = (resource,) if resource.kind in GROUPS.split() else graph.targets(resource.at("security_group_id"), *GROUPS.split())
    found = [exposure(graph, interface) for group in groups for interface in guarded_by(group, graph)]
    if not found or any(one.truth for one in found):
        return
    for one in found:
        if one.truth is None:
            raise not_known(one)
    first = found[0]
    names = ", ".join(dict.fromkeys(one.interface.words for one in found[:SHOWN]))
    message = f"{opening.traffic.words} is open to {opening.peer_words}, and nothing of the internet reaches {names}: {_why(first)}"
    related = (first.interface.resource.body, *(blocker.where for blocker in first.missing))
    yield Fail(opening.peer, message, expected="what has to come in", related=related)


def _why(found: Exposure) -> str:
    reasons = list(dict.fromkeys(blocker.reason for blocker in found.missing)) or ["it never has a public address"]
    alone = " (only this is in the way)" if len(reasons) == 1 else ""
    return "; ".join(reasons[:SHOWN]) + alone
