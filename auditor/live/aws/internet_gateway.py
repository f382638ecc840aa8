"""Internet gateways."""

from auditor.live.source import maybe, tags
from auditor.live.spec import Spec

SPEC = Spec(
    kind="aws_internet_gateway",
    service="ec2",
    operation="describe_internet_gateways",
    items="InternetGateways",
    attributes={
        "id": "InternetGatewayId",
        "vpc_id": maybe("Attachments[0].VpcId", ""),
        "owner_id": "OwnerId",
        "tags": tags(),
        "tags_all": tags(),
    },
    parent=("vpc_id",),
    watched="vpc_id",
)

EXAMPLE = {
    "describe_internet_gateways": {"InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1"}], "Tags": []}]}
}
EXPECT: dict[str, object] = {"igw-1": {"id": "igw-1", "vpc_id": "vpc-1", "tags": {}, "tags_all": {}}}
