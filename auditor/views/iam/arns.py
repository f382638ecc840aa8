"""What the ARNs of resources are made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ARNS: Final[Mapping[str, str]] = {
    "aws_apprunner_service": "apprunner:{region}:{account}:service/{service_name}/{service_id}",
    "aws_backup_vault": "backup:{region}:{account}:backup-vault:{name}",
    "aws_batch_job_definition": "batch:{region}:{account}:job-definition/{name}:{revision}",
    "aws_batch_job_queue": "batch:{region}:{account}:job-queue/{name}",
    "aws_cloudtrail": "cloudtrail:{region}:{account}:trail/{name}",
    "aws_cloudwatch_event_bus": "events:{region}:{account}:event-bus/{name}",
    "aws_cloudwatch_event_rule": "events:{region}:{account}:rule/{bus}{name}",
    "aws_cloudwatch_log_group": "logs:{region}:{account}:log-group:{name}",
    "aws_cloudwatch_metric_alarm": "cloudwatch:{region}:{account}:alarm:{alarm_name}",
    "aws_codebuild_project": "codebuild:{region}:{account}:project/{name}",
    "aws_codepipeline": "codepipeline:{region}:{account}:{name}",
    "aws_cognito_user_pool": "cognito-idp:{region}:{account}:userpool/{id}",
    "aws_db_instance": "rds:{region}:{account}:db:{identifier}",
    "aws_dynamodb_table": "dynamodb:{region}:{account}:table/{name}",
    "aws_ecr_repository": "ecr:{region}:{account}:repository/{name}",
    "aws_ecs_cluster": "ecs:{region}:{account}:cluster/{name}",
    "aws_ecs_task_definition": "ecs:{region}:{account}:task-definition/{family}:{revision}",
    "aws_efs_file_system": "elasticfilesystem:{region}:{account}:file-system/{id}",
    "aws_eks_cluster": "eks:{region}:{account}:cluster/{name}",
    "aws_emr_cluster": "elasticmapreduce:{region}:{account}:cluster/{id}",
    "aws_glue_dev_endpoint": "glue:{region}:{account}:devEndpoint/{name}",
    "aws_glue_job": "glue:{region}:{account}:job/{name}",
    "aws_iam_group": "iam::{account}:group{path}{name}",
    "aws_iam_instance_profile": "iam::{account}:instance-profile{path}{name}",
    "aws_iam_openid_connect_provider": "iam::{account}:oidc-provider/{url}",
    "aws_iam_policy": "iam::{account}:policy{path}{name}",
    "aws_iam_role": "iam::{account}:role{path}{name}",
    "aws_iam_user": "iam::{account}:user{path}{name}",
    "aws_instance": "ec2:{region}:{account}:instance/{id}",
    "aws_kinesis_firehose_delivery_stream": "firehose:{region}:{account}:deliverystream/{name}",
    "aws_kinesis_stream": "kinesis:{region}:{account}:stream/{name}",
    "aws_kms_key": "kms:{region}:{account}:key/{key_id}",
    "aws_kms_replica_key": "kms:{region}:{account}:key/{key_id}",
    "aws_lambda_function": "lambda:{region}:{account}:function:{function_name}",
    "aws_launch_template": "ec2:{region}:{account}:launch-template/{id}",
    "aws_opensearch_domain": "es:{region}:{account}:domain/{domain_name}",
    "aws_s3_bucket": "s3:::{bucket}",
    "aws_sagemaker_notebook_instance": "sagemaker:{region}:{account}:notebook-instance/{name}",
    "aws_secretsmanager_secret": "secretsmanager:{region}:{account}:secret:{name}{suffix}",
    "aws_sfn_state_machine": "states:{region}:{account}:stateMachine:{name}",
    "aws_sns_topic": "sns:{region}:{account}:{name}",
    "aws_sqs_queue": "sqs:{region}:{account}:{name}",
    "aws_ssm_parameter": "ssm:{region}:{account}:parameter{slash}{name}",
}
"""Kind -> its ARN behind the partition, with its attributes in braces."""

IDS: Final[Mapping[str, str]] = {
    "aws_acm_certificate": "arn", "aws_alb": "arn", "aws_ecs_cluster": "arn", "aws_ecs_service": "arn", "aws_iam_policy": "arn",
    "aws_lb": "arn", "aws_lb_listener": "arn", "aws_lb_target_group": "arn", "aws_secretsmanager_secret": "arn",
    "aws_sns_topic": "arn", "aws_sfn_state_machine": "arn",
    "aws_kms_key": "key_id", "aws_kms_replica_key": "key_id", "aws_lambda_function": "function_name", "aws_s3_bucket": "bucket",
    "aws_instance": "", "aws_launch_template": "", "aws_emr_cluster": "", "aws_cognito_user_pool": "", "aws_efs_file_system": "",
}  # fmt: skip
"""Kind -> the attribute that is its id, empty where the cloud makes one up; the name for others."""

BEHIND: Final[Mapping[str, str]] = {"stream_arn": "/stream/{hole}", "qualified_arn": ":{hole}"}
"""Attribute -> what it has behind the ARN."""
