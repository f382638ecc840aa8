"""Route tables, with their routes inside."""

from auditor.live.aws._routes import routes
from auditor.live.source import tags
from auditor.live.spec import Spec
from auditor.model.node import Node


def _is_main(table: Node) -> bool:
    return any(association.at("Main").data is True for association in table.each("Associations"))


SPEC = Spec(
    kind="aws_route_table",
    service="ec2",
    operation="describe_route_tables",
    items="RouteTables",
    attributes={
        "id": "RouteTableId",
        "vpc_id": "VpcId",
        "owner_id": "OwnerId",
        "route": routes,
        "propagating_vgws": lambda table: [gateway.at("GatewayId") for gateway in table.each("PropagatingVgws")],
        "tags": tags(),
        "tags_all": tags(),
    },
    owner=lambda table: "AWS: the main table of its network" if _is_main(table) else "",
    parent=("vpc_id",),
    parts={"route": ("aws_route",)},
    watched="route",
)

EXAMPLE = {
    "describe_route_tables": {
        "RouteTables": [
            {
                "RouteTableId": "rtb-1",
                "VpcId": "vpc-1",
                "Routes": [
                    {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable"},
                    {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "Origin": "CreateRoute"},
                    {"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1", "Origin": "CreateRoute"},
                ],
                "Tags": [],
            }
        ]
    }
}
_ROUTE = {
    "cidr_block": "0.0.0.0/0",
    "ipv6_cidr_block": "",
    "destination_prefix_list_id": "",
    "gateway_id": "igw-1",
    "nat_gateway_id": "",
    "network_interface_id": "",
    "transit_gateway_id": "",
    "vpc_peering_connection_id": "",
    "egress_only_gateway_id": "",
    "local_gateway_id": "",
    "carrier_gateway_id": "",
    "core_network_arn": "",
    "vpc_endpoint_id": "",
}
EXPECT: dict[str, object] = {
    "rtb-1": {"id": "rtb-1", "vpc_id": "vpc-1", "route": [_ROUTE], "propagating_vgws": [], "tags": {}, "tags_all": {}}
}
