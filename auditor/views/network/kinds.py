"""Which kinds of resources have network interfaces, and where each says in which subnets and with which security groups: a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from auditor.views.network.packets import Interval

LINUX: Final = (32768, 60999)
WINDOWS: Final = (49152, 65535)
ANY_CLIENT: Final = (1024, 65535)
"""Ephemeral ports: of Linux, of Windows, and of what takes more (NAT gateways, load balancers, Lambda, hosts of the internet)."""


@dataclass(frozen=True, slots=True)
class SubnetGroup:
    """Subnets that are named through another resource."""

    path: str
    kind: str
    subnets: str = "subnet_ids"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of resources says where its interfaces are.

    `group` names subnets through a subnet group. `owner` is the resource that says the rest: of a cluster instance, its cluster. `public`
    is the flag that gives it an address of the internet; `port` the attribute with the port that it serves.
    """

    subnets: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    group: SubnetGroup | None = None
    owner: tuple[str, str] | None = None
    public: str = ""
    client: Interval = LINUX
    needs: str = ""
    """A block without which it is in no VPC."""
    port: str = ""


def _inside(block: str, subnets: str = "subnet_ids", groups: str = "security_group_ids", client: Interval = LINUX) -> Kind:
    """A kind that is in a VPC only with that block."""
    return Kind((f"{block}.{subnets}",), (f"{block}.{groups}",), client=client, needs=block)


def _plain(subnets: str = "subnet_ids", groups: str = "security_group_ids", public: str = "") -> Kind:
    return Kind((subnets,), (groups,), public=public)


_CACHE = SubnetGroup("subnet_group_name", "aws_elasticache_subnet_group")
_DATABASE = SubnetGroup("db_subnet_group_name", "aws_db_subnet_group")
_DOCUMENTS = SubnetGroup("db_subnet_group_name", "aws_docdb_subnet_group")
_NEPTUNE = SubnetGroup("neptune_subnet_group_name", "aws_neptune_subnet_group")

KINDS: Final[Mapping[str, Kind]] = {
    "aws_apigatewayv2_vpc_link": _plain(),
    "aws_apprunner_vpc_connector": _plain("subnets", "security_groups"),
    "aws_batch_compute_environment": _inside("compute_resources", "subnets"),
    "aws_cloudwatch_event_target": _inside("ecs_target.network_configuration", "subnets", "security_groups"),
    "aws_codebuild_project": _inside("vpc_config", "subnets"),
    "aws_dax_cluster": Kind((), ("security_group_ids",), SubnetGroup("subnet_group_name", "aws_dax_subnet_group"), port="port"),
    "aws_db_instance": Kind((), ("vpc_security_group_ids",), _DATABASE, public="publicly_accessible", port="port"),
    "aws_db_proxy": _plain("vpc_subnet_ids", "vpc_security_group_ids"),
    "aws_dms_replication_instance": Kind(
        (),
        ("vpc_security_group_ids",),
        SubnetGroup("replication_subnet_group_id", "aws_dms_replication_subnet_group"),
        public="publicly_accessible",
    ),
    "aws_docdb_cluster": Kind((), ("vpc_security_group_ids",), _DOCUMENTS, port="port"),
    "aws_ec2_instance_connect_endpoint": _plain("subnet_id"),
    "aws_ecs_service": Kind(
        ("network_configuration.subnets",),
        ("network_configuration.security_groups",),
        public="network_configuration.assign_public_ip",
        needs="network_configuration",
    ),
    "aws_ecs_task_set": Kind(
        ("network_configuration.subnets",),
        ("network_configuration.security_groups",),
        public="network_configuration.assign_public_ip",
        needs="network_configuration",
    ),
    "aws_efs_mount_target": _plain("subnet_id", "security_groups"),
    "aws_eks_fargate_profile": Kind(("subnet_ids",), (), owner=("cluster_name", "aws_eks_cluster")),
    "aws_elasticache_cluster": Kind((), ("security_group_ids",), _CACHE, port="port"),
    "aws_elasticache_replication_group": Kind((), ("security_group_ids",), _CACHE, port="port"),
    "aws_elasticache_serverless_cache": _plain(),
    "aws_elasticsearch_domain": _inside("vpc_options"),
    "aws_fsx_lustre_file_system": _plain(),
    "aws_fsx_ontap_file_system": _plain(),
    "aws_fsx_openzfs_file_system": _plain(),
    "aws_fsx_windows_file_system": _plain(),
    "aws_glue_connection": _inside("physical_connection_requirements", "subnet_id", "security_group_id_list"),
    "aws_lambda_function": _inside("vpc_config", client=ANY_CLIENT),
    "aws_memorydb_cluster": Kind((), ("security_group_ids",), SubnetGroup("subnet_group_name", "aws_memorydb_subnet_group"), port="port"),
    "aws_mq_broker": _plain("subnet_ids", "security_groups", "publicly_accessible"),
    "aws_msk_cluster": Kind(("broker_node_group_info.client_subnets",), ("broker_node_group_info.security_groups",)),
    "aws_msk_serverless_cluster": _plain("vpc_config.subnet_ids", "vpc_config.security_group_ids"),
    "aws_mwaa_environment": _inside("network_configuration"),
    "aws_neptune_cluster": Kind((), ("vpc_security_group_ids",), _NEPTUNE, port="port"),
    "aws_opensearch_domain": _inside("vpc_options"),
    "aws_rds_cluster": Kind((), ("vpc_security_group_ids",), _DATABASE, port="port"),
    "aws_rds_cluster_instance": Kind((), (), owner=("cluster_identifier", "aws_rds_cluster"), public="publicly_accessible", port="port"),
    "aws_docdb_cluster_instance": Kind((), (), owner=("cluster_identifier", "aws_docdb_cluster"), port="port"),
    "aws_neptune_cluster_instance": Kind((), (), owner=("cluster_identifier", "aws_neptune_cluster"), port="port"),
    "aws_redshift_cluster": Kind(
        (),
        ("vpc_security_group_ids",),
        SubnetGroup("cluster_subnet_group_name", "aws_redshift_subnet_group"),
        public="publicly_accessible",
        port="port",
    ),
    "aws_redshiftserverless_workgroup": _plain(public="publicly_accessible"),
    "aws_route53_resolver_endpoint": _plain("ip_address.subnet_id"),
    "aws_sagemaker_notebook_instance": _plain("subnet_id", "security_groups"),
    "aws_synthetics_canary": _inside("vpc_config", client=ANY_CLIENT),
    "aws_transfer_server": _inside("endpoint_details"),
    # kinds of which `interface` knows more than a table can say
    "aws_alb": Kind(("subnets", "subnet_mapping.subnet_id"), ("security_groups",), client=ANY_CLIENT),
    "aws_autoscaling_group": Kind(("vpc_zone_identifier",)),
    "aws_eks_cluster": Kind(("vpc_config.subnet_ids",), ("vpc_config.security_group_ids",)),
    "aws_eks_node_group": Kind(("subnet_ids",)),
    "aws_elb": Kind(("subnets",), ("security_groups",), client=ANY_CLIENT),
    "aws_instance": Kind(("subnet_id",), ("vpc_security_group_ids", "security_groups")),
    "aws_lb": Kind(("subnets", "subnet_mapping.subnet_id"), ("security_groups",), client=ANY_CLIENT),
    "aws_nat_gateway": Kind(("subnet_id",), client=ANY_CLIENT),
    "aws_network_interface": Kind(("subnet_id",), ("security_groups",)),
    "aws_spot_instance_request": Kind(("subnet_id",), ("vpc_security_group_ids", "security_groups")),
    "aws_vpc_endpoint": Kind(("subnet_ids",), ("security_group_ids",)),
}
"""Every kind that has interfaces in subnets."""
