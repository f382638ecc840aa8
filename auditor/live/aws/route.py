"""Routes, one resource each."""

from zlib import crc32

from auditor.live.aws._routes import TARGETS, is_made, target
from auditor.live.source import inside, maybe
from auditor.live.spec import Spec
from auditor.model.node import Node

_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")


def _id(route: Node) -> str:
    destination = next((text for name in _DESTINATIONS if isinstance(text := route.at(name).data, str)), "")
    return f"r-{route.at('RouteTableId').data}{crc32(destination.encode('utf-8', 'surrogatepass'))}"


SPEC = Spec(
    kind="aws_route",
    service="ec2",
    operation="describe_route_tables",
    items="RouteTables",
    inner=inside("Routes", "RouteTableId"),
    attributes={
        "id": _id,
        "route_table_id": "RouteTableId",
        "destination_cidr_block": maybe("DestinationCidrBlock", ""),
        "destination_ipv6_cidr_block": maybe("DestinationIpv6CidrBlock", ""),
        "destination_prefix_list_id": maybe("DestinationPrefixListId", ""),
        "origin": "Origin",
        "state": "State",
        **{attribute: target(attribute) for attribute in TARGETS},
    },
    where=is_made,
    key=("route_table_id", "destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"),
    parent=("route_table_id",),
    together=(tuple(TARGETS),),
    watched=" ".join(TARGETS),
)

EXAMPLE = {
    "describe_route_tables": {
        "RouteTables": [
            {
                "RouteTableId": "rtb-5b84241d4eec59754",
                "Routes": [
                    {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"},
                    {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "Origin": "CreateRoute", "State": "active"},
                ],
            }
        ]
    }
}
EXPECT: dict[str, object] = {
    "r-rtb-5b84241d4eec597541080289494": dict.fromkeys(TARGETS, "")
    | {
        "id": "r-rtb-5b84241d4eec597541080289494",
        "route_table_id": "rtb-5b84241d4eec59754",
        "destination_cidr_block": "0.0.0.0/0",
        "destination_ipv6_cidr_block": "",
        "destination_prefix_list_id": "",
        "origin": "CreateRoute",
        "state": "active",
        "nat_gateway_id": "nat-1",
    }
}
