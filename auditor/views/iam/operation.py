"""The action that an operation of an API needs: mostly its own name, behind the prefix of its service."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_PREFIXES: Final[Mapping[str, str]] = {
    "cloudwatchlogs": "logs",
    "elasticloadbalancingv2": "elasticloadbalancing",
    "eventbridge": "events",
    "monitoring": "cloudwatch",
    "sfn": "states",
    "stepfunctions": "states",
    "efs": "elasticfilesystem",
    "opensearch": "es",
    "applicationautoscaling": "application-autoscaling",
    "costexplorer": "ce",
    "configservice": "config",
    "databasemigrationservice": "dms",
    "ecrpublic": "ecr-public",
    "email": "ses",
    "sesv2": "ses",
    "resourcegroupstaggingapi": "tag",
    "apigatewayv2": "apigateway",
    "kinesisfirehose": "firehose",
}
"""Names of services, without blanks, whose actions begin with another word."""

_ACTIONS: Final[Mapping[str, str]] = {
    "s3:HeadBucket": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:ListObjects": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:CreateMultipartUpload": "s3:PutObject",
    "s3:UploadPart": "s3:PutObject",
    "s3:CompleteMultipartUpload": "s3:PutObject",
    "s3:CopyObject": "s3:PutObject",
    "s3:DeleteObjects": "s3:DeleteObject",
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "lambda:Invoke": "lambda:InvokeFunction",
}

_OPERATIONS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "GetObject",
            "PutObject",
            "HeadObject",
            "HeadBucket",
            "ListObjects",
            "ListObjectsV2",
            "CopyObject",
            "DeleteObject",
            "DeleteObjects",
            "CreateMultipartUpload",
            "UploadPart",
            "ListBuckets",
            "GetBucketPolicy",
            "GetObjectAcl",
            "PutObjectAcl",
        ),
        "s3",
    ),
    **dict.fromkeys(("AssumeRole", "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML", "GetCallerIdentity"), "sts"),
    **dict.fromkeys(("GetSecretValue", "DescribeSecret", "PutSecretValue"), "secretsmanager"),
    **dict.fromkeys(
        ("Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncrypt", "CreateGrant", "DescribeKey"), "kms"
    ),
    **dict.fromkeys(("SendMessage", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl"), "sqs"),
    **dict.fromkeys(("GetParameter", "GetParameters", "GetParametersByPath", "PutParameter", "StartSession"), "ssm"),
    **dict.fromkeys(
        ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem", "BatchWriteItem", "DescribeTable"), "dynamodb"
    ),
    **dict.fromkeys(
        ("RunInstances", "DescribeInstances", "CreateNetworkInterface", "DescribeNetworkInterfaces", "DeleteNetworkInterface"), "ec2"
    ),
    **dict.fromkeys(("GetAuthorizationToken", "BatchGetImage", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer"), "ecr"),
    **dict.fromkeys(("Publish",), "sns"),
    **dict.fromkeys(("Invoke", "InvokeFunction", "CreateFunction", "UpdateFunctionCode"), "lambda"),
    **dict.fromkeys(("CreateLogStream", "PutLogEvents", "CreateLogGroup", "DescribeLogStreams"), "logs"),
    **dict.fromkeys(("CreateRole", "PassRole", "AttachRolePolicy", "PutRolePolicy", "GetRole", "ListRoles"), "iam"),
    **dict.fromkeys(("RunTask", "RegisterTaskDefinition", "UpdateService", "ExecuteCommand"), "ecs"),
    **dict.fromkeys(("DescribeCluster", "AccessKubernetesApi"), "eks"),
}
"""Operations whose name alone tells the service."""

_DATED = re.compile(r"\d{8}(?:v\d+)?$")


def action_of(service: str, operation: str) -> str:
    """The action of an operation; `service` is its name (`Secrets Manager`), its host (`s3.amazonaws.com`) or empty. Empty when unknown."""
    operation = _DATED.sub("", operation)
    name = service.removesuffix(".amazonaws.com").replace(" ", "").lower()
    prefix = _PREFIXES.get(name, name) or _OPERATIONS.get(operation, "")
    action = f"{prefix}:{operation}" if prefix else ""
    return _ACTIONS.get(action, action)
