"""Networks."""

from auditor.live.source import maybe, tags
from auditor.live.spec import Detail, Spec


def _attribute(name: str, member: str, attribute: str) -> Detail:
    return Detail("describe_vpc_attribute", {"VpcId": "VpcId", "Attribute": f"={name}"}, {attribute: f"{member}.Value"})


SPEC = Spec(
    kind="aws_vpc",
    service="ec2",
    operation="describe_vpcs",
    items="Vpcs",
    attributes={
        "id": "VpcId",
        "cidr_block": "CidrBlock",
        "instance_tenancy": "InstanceTenancy",
        "dhcp_options_id": "DhcpOptionsId",
        "ipv6_cidr_block": maybe("Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock", ""),
        "owner_id": "OwnerId",
        "tags": tags(),
        "tags_all": tags(),
    },
    details=(
        _attribute("enableDnsSupport", "EnableDnsSupport", "enable_dns_support"),
        _attribute("enableDnsHostnames", "EnableDnsHostnames", "enable_dns_hostnames"),
        _attribute("enableNetworkAddressUsageMetrics", "EnableNetworkAddressUsageMetrics", "enable_network_address_usage_metrics"),
    ),
    owner=lambda vpc: "AWS: the default network of the region" if vpc.at("IsDefault").data is True else "",
    watched="enable_dns_support enable_dns_hostnames dhcp_options_id",
)

EXAMPLE = {
    "describe_vpcs": {
        "Vpcs": [
            {
                "VpcId": "vpc-1",
                "CidrBlock": "10.0.0.0/16",
                "InstanceTenancy": "default",
                "DhcpOptionsId": "dopt-1",
                "IsDefault": False,
                "Tags": [{"Key": "Name", "Value": "main"}, {"Key": "aws:cloudformation:stack-name", "Value": "s"}],
            }
        ]
    },
    "describe_vpc_attribute": {"EnableDnsSupport": {"Value": True}, "VpcId": "vpc-1"},
}
EXPECT: dict[str, object] = {
    "vpc-1": {
        "id": "vpc-1",
        "cidr_block": "10.0.0.0/16",
        "instance_tenancy": "default",
        "dhcp_options_id": "dopt-1",
        "ipv6_cidr_block": "",
        "enable_dns_support": True,
        "tags": {"Name": "main"},
        "tags_all": {"Name": "main"},
    }
}
