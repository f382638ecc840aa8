"""Random networks, and a simulator that follows one packet through their plain data, written from the guide of AWS and from nothing else here."""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from auditor.model.graph import Graph
from tests.made import graph, resource

RANGES = (
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "198.51.0.0/16",
    "198.51.100.0/24",
    "198.51.100.7/32",
    "203.0.113.0/25",
    "10.0.0.0/8",
    "10.0.0.0/24",
    "10.0.1.0/24",
    "10.0.1.9/32",
)
HOSTS = ("198.51.100.7", "198.51.100.8", "198.51.9.9", "203.0.113.5", "203.0.113.200", "8.8.8.8", "150.1.1.1")
PORTS = (22, 80, 443, 1023, 1024, 3306, 32767, 32768, 60999, 61000, 65535)
NUMBERS = {"tcp": 6, "udp": 17}


@dataclass(frozen=True)
class Packet:
    """One packet between an inside and an outside address, as ACLs and groups see it."""

    protocol: str
    source: str
    target: str
    source_port: int
    target_port: int

    @property
    def answer(self) -> Packet:
        return Packet(self.protocol, self.target, self.source, self.target_port, self.source_port)


def _ports(random_: random.Random) -> tuple[int, int]:
    first = random_.choice(PORTS)
    return first, random_.choice([first, first, min(first + 100, 65535), 65535])


def _entry(random_: random.Random, number: int) -> dict[str, Any]:
    protocol = random_.choice(["tcp", "tcp", "udp", "-1"])
    first, last = (0, 0) if protocol == "-1" else _ports(random_)
    return {
        "rule_no": number,
        "protocol": protocol,
        "action": random_.choice(["allow", "allow", "deny"]),
        "cidr_block": random_.choice(RANGES),
        "from_port": first,
        "to_port": last,
    }


def _entries(random_: random.Random) -> list[dict[str, Any]]:
    numbers = random_.sample(range(1, 300), random_.randint(1, 9))
    found = [_entry(random_, number) for number in numbers]
    if random_.random() < 0.5:
        found.append({"rule_no": 400, "protocol": "-1", "action": "allow", "cidr_block": "0.0.0.0/0", "from_port": 0, "to_port": 0})
    return found


def _rule(random_: random.Random) -> dict[str, Any]:
    protocol = random_.choice(["tcp", "tcp", "udp", "-1"])
    first, last = (0, 0) if protocol == "-1" else _ports(random_)
    return {"protocol": protocol, "from_port": first, "to_port": last, "cidr_blocks": random_.sample(RANGES, random_.randint(1, 2))}


def _routes(random_: random.Random) -> list[dict[str, Any]]:
    wanted = random_.sample(["0.0.0.0/0", "198.51.0.0/16", "198.51.100.0/24", "203.0.113.0/25", "128.0.0.0/1"], random_.randint(0, 4))
    targets = [
        ("gateway_id", "igw-1"),
        ("gateway_id", "igw-1"),
        ("gateway_id", "igw-1"),
        ("nat_gateway_id", "nat-1"),
        ("gateway_id", "vgw-1"),
    ]
    return [{"cidr_block": block, **dict([random_.choice(targets)])} for block in wanted]


@dataclass(frozen=True)
class World:
    """A network as plain data, by address."""

    bodies: dict[str, dict[str, Any]]

    def graph(self) -> Graph:
        return graph(*(resource(address, body) for address, body in self.bodies.items()))

    # -- the simulator

    def arrives(self, packet: Packet) -> bool:
        """Whether a packet of the internet reaches the server, and its answer the client."""
        back = packet.answer
        return (
            self._acl("aws_network_acl.server", "ingress", packet.source, packet)
            and self._group("aws_security_group.one", "aws_security_group.two", "ingress", packet.source, packet)
            and self._acl("aws_network_acl.server", "egress", back.target, back)
            and self._route(back.target) == "igw-1"
        )

    def crosses(self, packet: Packet) -> bool:
        """Whether a packet of the client in the other subnet reaches the server, and its answer the client."""
        back = packet.answer
        return (
            self._group("aws_security_group.client", "", "egress", packet.target, packet)
            and self._acl("aws_network_acl.client", "egress", packet.target, packet)
            and self._acl("aws_network_acl.server", "ingress", packet.source, packet)
            and self._group("aws_security_group.one", "aws_security_group.two", "ingress", packet.source, packet)
            and self._acl("aws_network_acl.server", "egress", back.target, back)
            and self._acl("aws_network_acl.client", "ingress", back.source, back)
        )

    def _acl(self, address: str, direction: str, far: str, packet: Packet) -> bool:
        for entry in sorted(self.bodies[address][direction], key=lambda it: it["rule_no"]):
            if _about(entry, packet) and _inside(far, entry["cidr_block"]):
                return bool(entry["action"] == "allow")
        return False

    def _group(self, one: str, two: str, direction: str, far: str, packet: Packet) -> bool:
        rules = [rule for address in (one, two) if address for rule in self.bodies[address].get(direction, [])]
        return any(_about(rule, packet) and any(_inside(far, block) for block in rule["cidr_blocks"]) for rule in rules)

    def _route(self, far: str) -> str:
        fitting = [it for it in self.bodies["aws_route_table.public"]["route"] if _inside(far, it["cidr_block"])]
        best: dict[str, Any] = max(fitting, key=lambda it: ipaddress.ip_network(it["cidr_block"]).prefixlen, default={})
        return str(best.get("gateway_id") or best.get("nat_gateway_id") or "")


def _about(rule: dict[str, Any], packet: Packet) -> bool:
    if rule["protocol"] == "-1":
        return True
    return bool(rule["protocol"] == packet.protocol and rule["from_port"] <= packet.target_port <= rule["to_port"])


def _inside(address: str, block: str) -> bool:
    return ipaddress.ip_address(address) in ipaddress.ip_network(block)


SERVER, CLIENT = "10.0.0.5", "10.0.1.9"


def world(seed: int) -> World:
    """The random network of a seed: a server in a public subnet, and a client in another one."""
    random_ = random.Random(seed)
    return World(
        {
            "aws_vpc.main": {"id": "vpc-1", "cidr_block": "10.0.0.0/16"},
            "aws_internet_gateway.main": {"id": "igw-1", "vpc_id": "vpc-1"},
            "aws_vpn_gateway.main": {"id": "vgw-1", "vpc_id": "vpc-1"},
            "aws_nat_gateway.main": {"id": "nat-1", "subnet_id": "subnet-1", "connectivity_type": "public"},
            "aws_subnet.server": {"id": "subnet-1", "vpc_id": "vpc-1", "cidr_block": "10.0.0.0/24"},
            "aws_subnet.client": {"id": "subnet-2", "vpc_id": "vpc-1", "cidr_block": "10.0.1.0/24"},
            "aws_route_table.public": {"id": "rtb-1", "vpc_id": "vpc-1", "route": _routes(random_)},
            "aws_route_table_association.public": {"route_table_id": "rtb-1", "subnet_id": "subnet-1"},
            "aws_network_acl.server": {
                "id": "acl-1",
                "vpc_id": "vpc-1",
                "subnet_ids": ["subnet-1"],
                "ingress": _entries(random_),
                "egress": _entries(random_),
            },
            "aws_network_acl.client": {
                "id": "acl-2",
                "vpc_id": "vpc-1",
                "subnet_ids": ["subnet-2"],
                "ingress": _entries(random_),
                "egress": _entries(random_),
            },
            "aws_security_group.one": {"id": "sg-1", "vpc_id": "vpc-1", "ingress": [_rule(random_) for _ in range(random_.randint(1, 4))]},
            "aws_security_group.two": {"id": "sg-2", "vpc_id": "vpc-1", "ingress": [_rule(random_) for _ in range(random_.randint(0, 3))]},
            "aws_security_group.client": {
                "id": "sg-3",
                "vpc_id": "vpc-1",
                "egress": [_rule(random_) for _ in range(random_.randint(1, 4))],
            },
            "aws_instance.server": {
                "id": "i-1",
                "subnet_id": "subnet-1",
                "private_ip": SERVER,
                "associate_public_ip_address": True,
                "vpc_security_group_ids": ["sg-1", "sg-2"],
            },
            "aws_instance.client": {"id": "i-2", "subnet_id": "subnet-2", "private_ip": CLIENT, "vpc_security_group_ids": ["sg-3"]},
        }
    )


def packets(random_: random.Random, source: str, target: str) -> Packet:
    """A random packet; half of the ports are those at which something changes."""
    ephemeral = random_.choice([random_.randint(1024, 65535), random_.choice([it for it in PORTS if it >= 1024])])
    port = random_.choice([random_.randint(0, 65535), random_.choice(PORTS)])
    return Packet(random_.choice(["tcp", "tcp", "udp"]), source, target, ephemeral, port)


def client_of_the_internet(random_: random.Random) -> str:
    """A host of the internet, often one at which something changes."""
    if random_.random() < 0.7:
        return random_.choice(HOSTS)
    while True:
        found = ipaddress.IPv4Address(random_.randint(1 << 24, (224 << 24) - 1))
        if found.is_global:
            return str(found)


def hidden(seed: int, made: World) -> Iterator[World]:
    """The same network with one value after the other not known."""
    random_ = random.Random(seed)
    places = [
        ("aws_network_acl.server", direction, index, name)
        for direction in ("ingress", "egress")
        for index, _ in enumerate(made.bodies["aws_network_acl.server"][direction])
        for name in ("cidr_block", "action", "rule_no", "protocol", "from_port")
    ]
    places += [
        ("aws_security_group.one", "ingress", i, name)
        for i, _ in enumerate(made.bodies["aws_security_group.one"]["ingress"])
        for name in ("cidr_blocks", "protocol", "to_port")
    ]
    places += [
        ("aws_route_table.public", "route", i, name)
        for i, _ in enumerate(made.bodies["aws_route_table.public"]["route"])
        for name in ("cidr_block", "gateway_id")
    ]
    whole = [("aws_instance.server", name) for name in ("vpc_security_group_ids", "subnet_id", "associate_public_ip_address")]
    whole += [("aws_network_acl.server", "ingress"), ("aws_route_table.public", "route"), ("aws_internet_gateway.main", "vpc_id")]
    for address, listing, index, name in random_.sample(places, 4):
        items = [dict(it) for it in made.bodies[address][listing]]
        items[index][name] = {"$unknown": "it is hidden"}
        yield World({**made.bodies, address: {**made.bodies[address], listing: items}})
    for address, name in random_.sample(whole, 2):
        yield World({**made.bodies, address: {**made.bodies[address], name: {"$unknown": "it is hidden"}}})
