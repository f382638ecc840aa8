"""Security groups, with their rules inside."""

from auditor.live.aws._permissions import permissions
from auditor.live.source import tags
from auditor.live.spec import Spec

SPEC = Spec(
    kind="aws_security_group",
    service="ec2",
    operation="describe_security_groups",
    items="SecurityGroups",
    attributes={
        "id": "GroupId",
        "arn": "SecurityGroupArn",
        "name": "GroupName",
        "description": "Description",
        "vpc_id": "VpcId",
        "owner_id": "OwnerId",
        "ingress": permissions("IpPermissions"),
        "egress": permissions("IpPermissionsEgress"),
        "tags": tags(),
        "tags_all": tags(),
    },
    owner=lambda group: "AWS: the default group of its network" if group.at("GroupName").data == "default" else "",
    compare={"ingress": "permissions", "egress": "permissions"},
    parent=("vpc_id",),
    parts={
        "ingress": ("aws_vpc_security_group_ingress_rule", "aws_security_group_rule"),
        "egress": ("aws_vpc_security_group_egress_rule", "aws_security_group_rule"),
    },
    watched="ingress egress",
)

EXAMPLE = {
    "describe_security_groups": {
        "SecurityGroups": [
            {
                "GroupId": "sg-1",
                "GroupName": "web",
                "Description": "Web",
                "VpcId": "vpc-1",
                "IpPermissions": [
                    {
                        "IpProtocol": "tcp",
                        "FromPort": 443,
                        "ToPort": 443,
                        "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}, {"CidrIp": "10.0.0.0/8"}],
                        "UserIdGroupPairs": [{"GroupId": "sg-1", "UserId": "123456789012"}],
                    }
                ],
                "IpPermissionsEgress": [{"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}],
                "Tags": [{"Key": "Name", "Value": "web"}],
            }
        ]
    }
}
_EMPTY = {"cidr_blocks": [], "ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": [], "self": False}
_HTTPS = {"protocol": "tcp", "from_port": 443, "to_port": 443}
EXPECT: dict[str, object] = {
    "sg-1": {
        "id": "sg-1",
        "name": "web",
        "description": "Web",
        "vpc_id": "vpc-1",
        "ingress": [
            _EMPTY | _HTTPS | {"description": "all", "cidr_blocks": ["0.0.0.0/0"]},
            _EMPTY | _HTTPS | {"description": "", "cidr_blocks": ["10.0.0.0/8"], "self": True},
        ],
        "egress": [_EMPTY | {"description": "", "protocol": "-1", "from_port": 0, "to_port": 0, "ipv6_cidr_blocks": ["::/0"]}],
        "tags": {"Name": "web"},
        "tags_all": {"Name": "web"},
    }
}
