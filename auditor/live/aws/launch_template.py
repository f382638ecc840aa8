"""Launch templates, by their latest version as Terraform reads them. Truth values of disks are texts there."""

from __future__ import annotations

from auditor.live.source import Read, block, blocks, given, maybe, tags, text
from auditor.live.spec import Detail, Spec
from auditor.model.node import Node
from auditor.model.value import MISSING, Value


def _latest(reply: Node, template: Node) -> Node:
    """The data of the latest version."""
    wanted = template.at("LatestVersionNumber").data
    found = [version for version in reply.each("LaunchTemplateVersions") if version.at("VersionNumber").data == wanted]
    return found[0] if found else Node(Value(MISSING, reply.value_.place))


def _said(path: str, default: object) -> Read:
    """What a version says; all versions have data, so that what is not in them is not set."""
    return lambda version: (
        MISSING if version.at("LaunchTemplateData").data is MISSING else given(version, f"LaunchTemplateData.{path}", default)
    )


def _inside(read: Read) -> Read:
    return lambda version: MISSING if version.at("LaunchTemplateData").data is MISSING else read(version.at("LaunchTemplateData"))


_DATA = {
    "description": maybe("VersionDescription", ""),
    "image_id": _said("ImageId", ""),
    "instance_type": _said("InstanceType", ""),
    "key_name": _said("KeyName", ""),
    "user_data": _said("UserData", ""),
    "ebs_optimized": _inside(text("EbsOptimized", "")),
    "vpc_security_group_ids": _said("SecurityGroupIds", []),
    "instance_initiated_shutdown_behavior": _said("InstanceInitiatedShutdownBehavior", ""),
    "disable_api_termination": _said("DisableApiTermination", False),
    "disable_api_stop": _said("DisableApiStop", False),
    "iam_instance_profile": _inside(block("IamInstanceProfile", arn=maybe("Arn", ""), name=maybe("Name", ""))),
    "monitoring": _inside(block("Monitoring", enabled="Enabled")),
    "metadata_options": _inside(
        block(
            "MetadataOptions",
            http_endpoint=maybe("HttpEndpoint", ""),
            http_tokens=maybe("HttpTokens", ""),
            http_put_response_hop_limit=maybe("HttpPutResponseHopLimit", 0),
            http_protocol_ipv6=maybe("HttpProtocolIpv6", ""),
            instance_metadata_tags=maybe("InstanceMetadataTags", ""),
        )
    ),
    "block_device_mappings": _inside(
        blocks(
            "BlockDeviceMappings",
            device_name=maybe("DeviceName", ""),
            no_device=maybe("NoDevice", ""),
            virtual_name=maybe("VirtualName", ""),
            ebs=block(
                "Ebs",
                delete_on_termination=text("DeleteOnTermination", ""),
                encrypted=text("Encrypted", ""),
                iops=maybe("Iops", 0),
                kms_key_id=maybe("KmsKeyId", ""),
                snapshot_id=maybe("SnapshotId", ""),
                throughput=maybe("Throughput", 0),
                volume_size=maybe("VolumeSize", 0),
                volume_type=maybe("VolumeType", ""),
            ),
        )
    ),
}

SPEC = Spec(
    kind="aws_launch_template",
    service="ec2",
    operation="describe_launch_templates",
    items="LaunchTemplates",
    attributes={
        "id": "LaunchTemplateId",
        "name": "LaunchTemplateName",
        "default_version": "DefaultVersionNumber",
        "latest_version": "LatestVersionNumber",
        "tags": tags(),
        "tags_all": tags(),
    },
    details=(Detail("describe_launch_template_versions", {"LaunchTemplateId": "LaunchTemplateId"}, _DATA, pick=_latest),),
    together=((*_DATA, "default_version", "latest_version"),),
    watched="instance_type image_id user_data metadata_options vpc_security_group_ids iam_instance_profile",
)

EXAMPLE = {
    "describe_launch_templates": {
        "LaunchTemplates": [
            {"LaunchTemplateId": "lt-1", "LaunchTemplateName": "shop", "DefaultVersionNumber": 1, "LatestVersionNumber": 2, "Tags": []}
        ]
    },
    "describe_launch_template_versions": {
        "LaunchTemplateVersions": [
            {"VersionNumber": 1, "LaunchTemplateData": {"InstanceType": "t3.small"}},
            {
                "VersionNumber": 2,
                "LaunchTemplateData": {
                    "InstanceType": "t3.nano",
                    "MetadataOptions": {"HttpTokens": "required"},
                    "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": True, "VolumeSize": 20}}],
                },
            },
        ]
    },
}
_OPTIONS = {"http_endpoint": "", "http_put_response_hop_limit": 0, "http_protocol_ipv6": "", "instance_metadata_tags": ""}
_DISK = {"delete_on_termination": "", "iops": 0, "kms_key_id": "", "snapshot_id": "", "throughput": 0, "volume_type": ""}
EXPECT: dict[str, object] = {
    "lt-1": {
        "id": "lt-1",
        "name": "shop",
        "default_version": 1,
        "latest_version": 2,
        "tags": {},
        "tags_all": {},
        "description": "",
        "image_id": "",
        "instance_type": "t3.nano",
        "key_name": "",
        "user_data": "",
        "ebs_optimized": "",
        "vpc_security_group_ids": [],
        "instance_initiated_shutdown_behavior": "",
        "disable_api_termination": False,
        "disable_api_stop": False,
        "iam_instance_profile": [],
        "monitoring": [],
        "metadata_options": [_OPTIONS | {"http_tokens": "required"}],
        "block_device_mappings": [
            {"device_name": "/dev/xvda", "no_device": "", "virtual_name": "", "ebs": [_DISK | {"encrypted": "true", "volume_size": 20}]}
        ],
    }
}
