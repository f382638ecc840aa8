"""VPC endpoints."""

from auditor.live.source import tags
from auditor.live.spec import Spec

SPEC = Spec(
    kind="aws_vpc_endpoint",
    service="ec2",
    operation="describe_vpc_endpoints",
    items="VpcEndpoints",
    attributes={
        "id": "VpcEndpointId",
        "vpc_id": "VpcId",
        "service_name": "ServiceName",
        "vpc_endpoint_type": "VpcEndpointType",
        "policy": "PolicyDocument",
        "private_dns_enabled": "PrivateDnsEnabled",
        "route_table_ids": "RouteTableIds",
        "subnet_ids": "SubnetIds",
        "security_group_ids": lambda endpoint: [group.at("GroupId") for group in endpoint.each("Groups")],
        "state": "State",
        "tags": tags(),
        "tags_all": tags(),
    },
    where=lambda endpoint: str(endpoint.at("State").data).lower() not in ("deleting", "deleted"),
    owner=lambda endpoint: "a service of AWS" if endpoint.at("RequesterManaged").data is True else "",
    compare={"policy": "policy"},
    parent=("vpc_id",),
    parts={
        "route_table_ids": ("aws_vpc_endpoint_route_table_association",),
        "subnet_ids": ("aws_vpc_endpoint_subnet_association",),
        "security_group_ids": ("aws_vpc_endpoint_security_group_association",),
        "policy": ("aws_vpc_endpoint_policy",),
    },
    watched="policy route_table_ids subnet_ids security_group_ids private_dns_enabled",
)

EXAMPLE = {
    "describe_vpc_endpoints": {
        "VpcEndpoints": [
            {
                "VpcEndpointId": "vpce-1",
                "VpcId": "vpc-1",
                "ServiceName": "com.amazonaws.eu-west-1.s3",
                "VpcEndpointType": "Gateway",
                "PolicyDocument": '{"Statement":[]}',
                "RouteTableIds": ["rtb-1"],
                "SubnetIds": [],
                "State": "available",
                "Tags": [],
            }
        ]
    }
}
EXPECT: dict[str, object] = {
    "vpce-1": {
        "id": "vpce-1",
        "vpc_id": "vpc-1",
        "service_name": "com.amazonaws.eu-west-1.s3",
        "vpc_endpoint_type": "Gateway",
        "policy": '{"Statement":[]}',
        "route_table_ids": ["rtb-1"],
        "subnet_ids": [],
        "security_group_ids": [],
        "state": "available",
        "tags": {},
        "tags_all": {},
    }
}
