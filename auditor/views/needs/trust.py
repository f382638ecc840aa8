"""Which service takes on which role: what the role's trust policy has to allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.views.decide import given
from auditor.views.iam.access import names_of
from auditor.views.needs.builds import PIPELINES, PROJECTS
from auditor.views.needs.delivery import DELIVERIES
from auditor.views.needs.events import PIPES, SCHEDULES, TARGETS
from auditor.views.needs.functions import OWN
from auditor.views.needs.need import ROLE, Need
from auditor.views.policy import trust_statements

_ASSUME = "sts:AssumeRole"
_TABLES = (OWN, *DELIVERIES, *TARGETS, *SCHEDULES, *PIPES, *PROJECTS, *PIPELINES)
_OTHERS: Final[tuple[tuple[str, str, str], ...]] = (
    ("aws_iam_instance_profile", "role", "ec2"),
    ("aws_ecs_task_definition", "execution_role_arn", "ecs-tasks"),
    ("aws_ecs_task_definition", "task_role_arn", "ecs-tasks"),
    ("aws_eks_cluster", "role_arn", "eks"),
    ("aws_eks_node_group", "node_role_arn", "ec2"),
    ("aws_eks_fargate_profile", "pod_execution_role_arn", "eks-fargate-pods"),
    ("aws_eks_pod_identity_association", "role_arn", "pods.eks"),
    ("aws_s3_bucket", "replication_configuration.role", "s3"),
    ("aws_s3_bucket_replication_configuration", "role", "s3"),
    ("aws_sfn_state_machine", "role_arn", "states"),
    ("aws_codedeploy_deployment_group", "service_role_arn", "codedeploy"),
    ("aws_backup_selection", "iam_role_arn", "backup"),
    ("aws_glue_job", "role_arn", "glue"),
    ("aws_glue_crawler", "role", "glue"),
    ("aws_batch_compute_environment", "service_role", "batch"),
    ("aws_sagemaker_endpoint_configuration", "execution_role_arn", "sagemaker"),
    ("aws_sagemaker_model", "execution_role_arn", "sagemaker"),
    ("aws_sagemaker_notebook_instance", "role_arn", "sagemaker"),
    ("aws_sagemaker_domain", "default_user_settings.execution_role", "sagemaker"),
    ("aws_cognito_user_pool", "sms_configuration.sns_caller_arn", "cognito-idp"),
    ("aws_appsync_datasource", "service_role_arn", "appsync"),
    ("aws_dlm_lifecycle_policy", "execution_role_arn", "dlm"),
    ("aws_apprunner_service", "source_configuration.authentication_configuration.access_role_arn", "build.apprunner"),
    ("aws_apprunner_service", "instance_configuration.instance_role_arn", "tasks.apprunner"),
    ("aws_redshift_cluster", "iam_roles", "redshift"),
    ("aws_emr_cluster", "service_role", "elasticmapreduce"),
    ("aws_datasync_location_s3", "s3_config.bucket_access_role_arn", "datasync"),
    ("aws_transfer_server", "logging_role", "transfer"),
    ("aws_transfer_user", "role", "transfer"),
    ("aws_kinesisanalyticsv2_application", "service_execution_role", "kinesisanalytics"),
    ("aws_autoscaling_lifecycle_hook", "role_arn", "autoscaling"),
    ("aws_rds_cluster_role_association", "role_arn", "rds"),
    ("aws_db_instance_role_association", "role_arn", "rds"),
    ("aws_db_proxy", "role_arn", "rds"),
    ("aws_mskconnect_connector", "service_execution_role_arn", "kafkaconnect"),
    ("aws_api_gateway_integration", "credentials", "apigateway"),
    ("aws_apigatewayv2_integration", "credentials_arn", "apigateway"),
    ("aws_synthetics_canary", "execution_role_arn", "lambda"),
    ("aws_bedrockagent_agent", "agent_resource_role_arn", "bedrock"),
    ("aws_ssm_maintenance_window_task", "service_role_arn", "ssm"),
    ("aws_ssm_activation", "iam_role", "ssm"),
    ("aws_cloudwatch_log_subscription_filter", "role_arn", "logs"),
    ("aws_cloudwatch_metric_stream", "role_arn", "streams.metrics.cloudwatch"),
    ("aws_cloudformation_stack", "iam_role_arn", "cloudformation"),
    ("aws_service_catalog_constraint", "role_arn", "servicecatalog"),
)
"""(kind, path of the role, first words of the service's name)."""


def _table() -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, dict[tuple[str, str], None]] = {}
    for consumer in _TABLES:
        path = f"{consumer.block}.{consumer.role}" if consumer.block else consumer.role
        found.setdefault(consumer.kind, {})[path, consumer.service] = None
    for kind, path, service in _OTHERS:
        found.setdefault(kind, {})[path, f"{service}.amazonaws.com"] = None
    return {kind: tuple(rows) for kind, rows in found.items()}


_TRUSTED: Final = _table()
KINDS: Final = " ".join(sorted({*_TRUSTED, "aws_cloudfront_distribution"}))
_AT_THE_EDGE = ("default_cache_behavior.lambda_function_association", "ordered_cache_behavior.lambda_function_association")


_NAMED_IN_REQUESTS: Final = frozenset(
    {
        "aws_codebuild_project",
        "aws_codepipeline",
        "aws_eks_cluster",
        "aws_kinesis_firehose_delivery_stream",
        "aws_lambda_function",
        "aws_sfn_state_machine",
    }
)
"""Kinds whose own ARN is the aws:SourceArn of the request for the role."""


def trust_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """That each role which a resource names trusts the service that takes it on for this resource."""
    for path, service in _TRUSTED.get(resource.kind, ()):
        if resource.facet is Facet.PLANNED and resource.at(path.partition(".")[0]).unknown and "." in path:
            continue  # a block that a plan says of everything new, since the provider gives it
        for role in resource.each(path):
            if given(role):
                yield from _trusting(role, service, resource, graph)
    for path in _AT_THE_EDGE if resource.kind == "aws_cloudfront_distribution" else ():
        for arn in resource.each(f"{path}.lambda_arn"):
            for function in graph.targets(arn, "aws_lambda_function")[:1]:
                for trusting in graph.targets(function.at("role"), ROLE)[:1]:
                    purpose = f"run {function.address} at the edge"
                    yield Need("edgelambda.amazonaws.com", (_ASSUME,), trusting, arn, purpose, (ROLE,))


def _trusting(role: Node, service: str, resource: Resource, graph: Graph) -> Iterator[Need]:
    found = graph.targets(role, ROLE)
    text = role.data if isinstance(role.data, str) else ""
    if any(it.at("aws_service_name").data == service for it in graph.targets(role, "aws_iam_service_linked_role")):
        return  # its trust is made by AWS
    if not found and (":role/aws-service-role/" in text or (text.startswith("arn:") and ":role/" not in text)):
        return  # a role that AWS keeps, or no role at all (the caller's own credentials)
    actions = (_ASSUME, "sts:TagSession") if service.startswith("pods.eks.") else (_ASSUME,)
    names = names_of(graph)
    context = {"aws:SourceAccount": names.account}
    if resource.kind in _NAMED_IN_REQUESTS:
        context["aws:SourceArn"] = names.arn(resource)
    if any(_of_a_region(service, it, graph) for it in found):
        return
    yield Need(service, actions, found[0] if len(found) == 1 else role, role, f"act for {resource.address}", (ROLE,), context=context)


def _of_a_region(service: str, role: Resource, graph: Graph) -> bool:
    """Whether a role lets the service in by the name that it has in one region (`states.eu-west-1.amazonaws.com`)."""
    word = service.removesuffix(".amazonaws.com")
    trusted = (it.where.data for statement in trust_statements(role, graph) if not statement.where.unknown for it in statement.principals)
    return any(
        isinstance(it, str) and re.fullmatch(rf"{re.escape(word)}\.[a-z]+(-[a-z]+)+-\d\.amazonaws\.com(\.cn)?", it) for it in trusted
    )
