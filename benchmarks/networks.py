"""What the exposure of a generated network costs beside loading it: `python benchmarks/networks.py [INSTANCES ...]`.

The network has four VPCs with peerings, and instances over their subnets with groups from a pool, as real estates have. A ratio is
printed for each size: it stays the same when the cost grows as the network does.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from auditor.app.graph import load
from auditor.app.inputs import Request
from auditor.model.graph import Graph
from auditor.views.network.exposure import exposure
from auditor.views.network.flow import INTERNET, flow
from auditor.views.network.interface import interfaces

SIZES = (1_000, 10_000)
VPCS, SUBNETS, GROUPS = 4, 12, 60


def network(instances: int) -> dict[str, Any]:
    """A network as Terraform's JSON."""
    made: dict[str, dict[str, Any]] = {}

    def add(kind: str, name: str, **body: Any) -> None:
        made.setdefault(kind, {})[name] = body

    for vpc in range(VPCS):
        _vpc(add, vpc)
    for group in range(GROUPS):
        _group(add, group)
    for number in range(instances):
        vpc, subnet = number % VPCS, number // VPCS % SUBNETS
        groups = [f"${{aws_security_group.g{(number // 7 * 13 + step) % GROUPS // VPCS * VPCS + vpc}.id}}" for step in (0, 5)]
        add(
            "aws_instance",
            f"i{number}",
            ami="ami-1",
            instance_type="t3.micro",
            subnet_id=f"${{aws_subnet.s{vpc}x{subnet}.id}}",
            associate_public_ip_address=subnet % 2 == 0,
            vpc_security_group_ids=groups,
        )
    return {"resource": made}


def _vpc(add: Any, vpc: int) -> None:
    add("aws_vpc", f"v{vpc}", cidr_block=f"10.{vpc}.0.0/16")
    add("aws_internet_gateway", f"v{vpc}", vpc_id=f"${{aws_vpc.v{vpc}.id}}")
    peer = (vpc + 1) % VPCS
    add("aws_vpc_peering_connection", f"p{vpc}", vpc_id=f"${{aws_vpc.v{vpc}.id}}", peer_vpc_id=f"${{aws_vpc.v{peer}.id}}", auto_accept=True)
    for side, route in (("public", {"gateway_id": f"${{aws_internet_gateway.v{vpc}.id}}"}), ("private", {})):
        routes = [{"cidr_block": "0.0.0.0/0", **route}] if route else []
        routes.append({"cidr_block": f"10.{peer}.0.0/16", "vpc_peering_connection_id": f"${{aws_vpc_peering_connection.p{vpc}.id}}"})
        add("aws_route_table", f"{side}{vpc}", vpc_id=f"${{aws_vpc.v{vpc}.id}}", route=routes)
    for subnet in range(SUBNETS):
        side = "public" if subnet % 2 == 0 else "private"
        add("aws_subnet", f"s{vpc}x{subnet}", vpc_id=f"${{aws_vpc.v{vpc}.id}}", cidr_block=f"10.{vpc}.{subnet * 16}.0/20")
        reference = f"${{aws_subnet.s{vpc}x{subnet}.id}}"
        add("aws_route_table_association", f"s{vpc}x{subnet}", subnet_id=reference, route_table_id=f"${{aws_route_table.{side}{vpc}.id}}")
        entries = [_entry(100 + 10 * number, port) for number, port in enumerate((22, 80, 443, 5432, 6379, 8080))]
        back = [{**_entry(900, 1024), "to_port": 65535}]
        add(
            "aws_network_acl",
            f"s{vpc}x{subnet}",
            vpc_id=f"${{aws_vpc.v{vpc}.id}}",
            subnet_ids=[reference],
            ingress=entries + back,
            egress=entries + back,
        )


def _entry(number: int, port: int) -> dict[str, Any]:
    return {"rule_no": number, "protocol": "tcp", "action": "allow", "cidr_block": "0.0.0.0/0", "from_port": port, "to_port": port}


def _group(add: Any, group: int) -> None:
    vpc = group % VPCS
    ports = (22, 80, 443, 3306, 5432, 6379, 8080, 9090)
    ranges = ("0.0.0.0/0", "198.51.100.0/24", f"10.{vpc}.0.0/16", "203.0.113.0/25")
    rules = [
        {"protocol": "tcp", "from_port": port, "to_port": port + group % 3, "cidr_blocks": [ranges[(group + step) % len(ranges)]]}
        for step, port in enumerate(ports)
    ]
    out = [{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}]
    add("aws_security_group", f"g{group}", vpc_id=f"${{aws_vpc.v{vpc}.id}}", ingress=rules, egress=out)


def graph(instances: int, folder: Path) -> Graph:
    """The graph of a generated network."""
    (folder / "main.tf.json").write_text(json.dumps(network(instances)))
    ((found, _),) = load(Request(paths=(str(folder),)))
    return found


def main(sizes: tuple[int, ...]) -> None:
    """Print, for each size, what each step takes, and its ratio to loading."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            found = graph(size, Path(folder))
            loaded = time.perf_counter()
            cards = interfaces(found)
            placed = time.perf_counter()
            reached = sum(exposure(found, card).world("tcp", 22) is True for card in cards)
            exposed = time.perf_counter()
            flows = [flow(found, INTERNET, card, "tcp", 22).truth for card in cards[:: max(1, len(cards) // 500)]]
            asked = time.perf_counter()
        load_time = loaded - began
        print(
            f"{len(cards):,} interfaces, {reached:,} with SSH open to the internet ({flows.count(True)} of {len(flows)} asked one by one)"
        )
        for name, spent in (("interfaces", placed - loaded), ("exposure", exposed - placed), (f"{len(flows)} flows", asked - exposed)):
            print(f"  {name:12}{spent:8.2f} s, {spent / load_time:5.2f} of loading ({load_time:.2f} s)")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
