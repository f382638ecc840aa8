"""Which subnets and gateways use which route table."""

from auditor.live.source import inside, maybe
from auditor.live.spec import Spec

SPEC = Spec(
    kind="aws_route_table_association",
    service="ec2",
    operation="describe_route_tables",
    items="RouteTables",
    inner=inside("Associations", "RouteTableId"),
    attributes={
        "id": "RouteTableAssociationId",
        "route_table_id": "RouteTableId",
        "subnet_id": maybe("SubnetId", ""),
        "gateway_id": maybe("GatewayId", ""),
    },
    where=lambda found: found.at("Main").data is not True and found.at("AssociationState.State").data in ("associated", "associating"),
    key=("subnet_id", "gateway_id"),
    parent=("route_table_id", "subnet_id"),
    watched="route_table_id",
)

EXAMPLE = {
    "describe_route_tables": {
        "RouteTables": [
            {
                "RouteTableId": "rtb-1",
                "Associations": [
                    {"RouteTableAssociationId": "rtbassoc-1", "Main": True, "AssociationState": {"State": "associated"}},
                    {
                        "RouteTableAssociationId": "rtbassoc-2",
                        "Main": False,
                        "SubnetId": "subnet-1",
                        "AssociationState": {"State": "associated"},
                    },
                    {
                        "RouteTableAssociationId": "rtbassoc-3",
                        "Main": False,
                        "SubnetId": "subnet-2",
                        "AssociationState": {"State": "disassociated"},
                    },
                ],
            }
        ]
    }
}
EXPECT: dict[str, object] = {"rtbassoc-2": {"id": "rtbassoc-2", "route_table_id": "rtb-1", "subnet_id": "subnet-1", "gateway_id": ""}}
