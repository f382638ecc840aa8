"""The routes of route tables."""

from __future__ import annotations

from typing import Any

from auditor.live.source import Read, given
from auditor.model.node import Node

TARGETS = {
    "gateway_id": "GatewayId",
    "nat_gateway_id": "NatGatewayId",
    "network_interface_id": "NetworkInterfaceId",
    "transit_gateway_id": "TransitGatewayId",
    "vpc_peering_connection_id": "VpcPeeringConnectionId",
    "egress_only_gateway_id": "EgressOnlyInternetGatewayId",
    "local_gateway_id": "LocalGatewayId",
    "carrier_gateway_id": "CarrierGatewayId",
    "core_network_arn": "CoreNetworkArn",
    "vpc_endpoint_id": "GatewayId",
}


def is_made(route: Node) -> bool:
    """Whether somebody made a route: not the local one, one that a gateway announced, or one of a gateway endpoint."""
    gateway = route.at("GatewayId").data
    endpoint = isinstance(gateway, str) and gateway.startswith("vpce-") and isinstance(route.at("DestinationPrefixListId").data, str)
    return route.at("Origin").data in ("CreateRoute", None) and gateway != "local" and not endpoint


def target(attribute: str) -> Read:
    """The target of a route in one attribute; an endpoint arrives as a gateway, a NAT gateway's interface beside the gateway."""

    def read(route: Node) -> Any:
        found = given(route, TARGETS[attribute], "")
        is_endpoint = isinstance(found, Node) and str(found.data).startswith("vpce-")
        if attribute in ("gateway_id", "vpc_endpoint_id") and is_endpoint != (attribute == "vpc_endpoint_id"):
            return ""
        if attribute == "network_interface_id" and isinstance(route.at("NatGatewayId").data, str):
            return ""
        return found

    return read


def routes(table: Node) -> list[dict[str, Any]]:
    """The blocks of the routes in a table."""
    return [
        {
            "cidr_block": given(route, "DestinationCidrBlock", ""),
            "ipv6_cidr_block": given(route, "DestinationIpv6CidrBlock", ""),
            "destination_prefix_list_id": given(route, "DestinationPrefixListId", ""),
            **{attribute: target(attribute)(route) for attribute in TARGETS},
        }
        for route in table.each("Routes")
        if is_made(route)
    ]
