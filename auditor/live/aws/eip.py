"""Elastic IP addresses. What uses an address is told by its user: a NAT gateway, an association, an instance."""

from auditor.live.source import maybe, tags
from auditor.live.spec import NEVER, Spec

SPEC = Spec(
    kind="aws_eip",
    service="ec2",
    operation="describe_addresses",
    items="Addresses",
    attributes={
        "id": "AllocationId",
        "allocation_id": "AllocationId",
        "public_ip": "PublicIp",
        "domain": "Domain",
        "instance": maybe("InstanceId", ""),
        "network_interface": maybe("NetworkInterfaceId", ""),
        "association_id": maybe("AssociationId", ""),
        "private_ip": maybe("PrivateIpAddress", ""),
        "tags": tags(),
        "tags_all": tags(),
    },
    where=lambda address: address.at("Domain").data == "vpc",
    owner=lambda address: str(address.at("ServiceManaged").data) if isinstance(address.at("ServiceManaged").data, str) else "",
    compare={"instance": NEVER, "network_interface": NEVER, "association_id": NEVER, "private_ip": NEVER},
)

EXAMPLE = {"describe_addresses": {"Addresses": [{"AllocationId": "eipalloc-1", "PublicIp": "192.0.2.1", "Domain": "vpc", "Tags": []}]}}
EXPECT: dict[str, object] = {
    "eipalloc-1": {
        "id": "eipalloc-1",
        "allocation_id": "eipalloc-1",
        "public_ip": "192.0.2.1",
        "domain": "vpc",
        "instance": "",
        "network_interface": "",
        "association_id": "",
        "private_ip": "",
        "tags": {},
        "tags_all": {},
    }
}
