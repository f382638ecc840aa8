"""An administration or database port of a Lightsail instance is open to the world.

## Why it matters
Lightsail has no security groups and no flow logs: this list is the whole firewall. Without `cidrs` a port is open to everybody, and
password guessing begins within minutes.

## Five whys
1. Why was the instance broken into over SSH? Its port answers the whole internet.
2. Why? The opening names no ranges.
3. Why? Left out means open.

## Fix now
`aws lightsail put-instance-public-ports --instance-name I --port-infos fromPort=22,toPort=22,protocol=tcp,cidrs=203.0.113.0/24`; the
call replaces the whole list, so name the web ports too.

## Workaround
Close 22 and use the browser's SSH of Lightsail (`cidr_list_aliases = ["lightsail-connect"]`).

## Prevent
`cidrs` as a required argument of the module.

## Validate
`aws lightsail get-instance-port-states --instance-name I`.

## Bad
```hcl
resource "aws_lightsail_instance_public_ports" "blog" {
  instance_name = "blog"

  port_info { # finding
    protocol  = "tcp"
    from_port = 22
    to_port   = 22
  }
}
```

## Good
```hcl
resource "aws_lightsail_instance_public_ports" "blog" {
  instance_name = "blog"

  port_info {
    protocol  = "tcp"
    from_port = 22
    to_port   = 22
    cidrs     = ["203.0.113.0/24"]
  }

  port_info {
    protocol  = "tcp"
    from_port = 443
    to_port   = 443
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_PORTS = {22: "SSH", 3389: "RDP", 3306: "MySQL", 5432: "PostgreSQL"}


@rule(target="aws_lightsail_instance_public_ports", each="port_info", severity=Severity.HIGH)
def check(opening: Node) -> Iterator[Fail]:
    first, last = opening.at("from_port").number, opening.at("to_port").number
    if first is None or last is None or opening.at("protocol").text not in ("tcp", "all"):
        return
    ranges = opening.at("cidrs")
    names = [name for port, name in _PORTS.items() if first <= port <= last]
    if not names:
        return
    if ranges.missing and opening.at("ipv6_cidrs").missing and opening.at("cidr_list_aliases").missing:
        yield Fail(ranges, f"the whole internet reaches {names[0]}", expected="cidrs of your own", actual="not set, which means 0.0.0.0/0")
    for item in ranges.each():
        if item.text == "0.0.0.0/0":
            yield Fail(item, f"the whole internet reaches {names[0]}", expected="the ranges of your office or VPN")
