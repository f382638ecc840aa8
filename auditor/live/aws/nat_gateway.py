"""NAT gateways; those that are gone stay in the listing for an hour."""

from auditor.live.source import maybe, tags
from auditor.live.spec import Spec

SPEC = Spec(
    kind="aws_nat_gateway",
    service="ec2",
    operation="describe_nat_gateways",
    items="NatGateways",
    attributes={
        "id": "NatGatewayId",
        "subnet_id": "SubnetId",
        "connectivity_type": "ConnectivityType",
        "allocation_id": maybe("NatGatewayAddresses[0].AllocationId", ""),
        "association_id": maybe("NatGatewayAddresses[0].AssociationId", ""),
        "network_interface_id": maybe("NatGatewayAddresses[0].NetworkInterfaceId", ""),
        "private_ip": maybe("NatGatewayAddresses[0].PrivateIp", ""),
        "public_ip": maybe("NatGatewayAddresses[0].PublicIp", ""),
        "tags": tags(),
        "tags_all": tags(),
    },
    where=lambda gateway: gateway.at("State").data in ("pending", "available"),
    parent=("subnet_id",),
    watched="allocation_id subnet_id",
)

EXAMPLE = {
    "describe_nat_gateways": {
        "NatGateways": [
            {
                "NatGatewayId": "nat-1",
                "State": "available",
                "SubnetId": "subnet-1",
                "ConnectivityType": "private",
                "NatGatewayAddresses": [{"PrivateIp": "10.0.0.9"}],
                "Tags": [],
            },
            {"NatGatewayId": "nat-0", "State": "deleted"},
        ]
    }
}
EXPECT: dict[str, object] = {
    "nat-1": {
        "id": "nat-1",
        "subnet_id": "subnet-1",
        "connectivity_type": "private",
        "allocation_id": "",
        "association_id": "",
        "network_interface_id": "",
        "private_ip": "10.0.0.9",
        "public_ip": "",
        "tags": {},
        "tags_all": {},
    }
}
