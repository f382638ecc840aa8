"""Subnets."""

from auditor.live.source import maybe, tags
from auditor.live.spec import Spec

SPEC = Spec(
    kind="aws_subnet",
    service="ec2",
    operation="describe_subnets",
    items="Subnets",
    attributes={
        "id": "SubnetId",
        "arn": "SubnetArn",
        "vpc_id": "VpcId",
        "cidr_block": "CidrBlock",
        "availability_zone": "AvailabilityZone",
        "availability_zone_id": "AvailabilityZoneId",
        "map_public_ip_on_launch": "MapPublicIpOnLaunch",
        "assign_ipv6_address_on_creation": "AssignIpv6AddressOnCreation",
        "ipv6_native": "Ipv6Native",
        "ipv6_cidr_block": maybe("Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock", ""),
        "enable_dns64": "EnableDns64",
        "map_customer_owned_ip_on_launch": "MapCustomerOwnedIpOnLaunch",
        "private_dns_hostname_type_on_launch": "PrivateDnsNameOptionsOnLaunch.HostnameType",
        "enable_resource_name_dns_a_record_on_launch": "PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord",
        "enable_resource_name_dns_aaaa_record_on_launch": "PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsAAAARecord",
        "owner_id": "OwnerId",
        "tags": tags(),
        "tags_all": tags(),
    },
    owner=lambda subnet: "AWS: the default subnet of the zone" if subnet.at("DefaultForAz").data is True else "",
    compare={"cidr_block": "cidr", "ipv6_cidr_block": "cidr"},
    parent=("vpc_id",),
    watched="map_public_ip_on_launch assign_ipv6_address_on_creation",
)

EXAMPLE = {
    "describe_subnets": {
        "Subnets": [
            {
                "SubnetId": "subnet-1",
                "SubnetArn": "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1",
                "VpcId": "vpc-1",
                "CidrBlock": "10.0.1.0/24",
                "AvailabilityZone": "eu-west-1a",
                "MapPublicIpOnLaunch": True,
                "Tags": [],
            }
        ]
    }
}
EXPECT: dict[str, object] = {
    "subnet-1": {
        "id": "subnet-1",
        "arn": "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1",
        "vpc_id": "vpc-1",
        "cidr_block": "10.0.1.0/24",
        "availability_zone": "eu-west-1a",
        "map_public_ip_on_launch": True,
        "ipv6_cidr_block": "",
        "tags": {},
        "tags_all": {},
    }
}
