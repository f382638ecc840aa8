"""Errors about the estate of `iam_estate`, in the forms in which services, SDKs and Terraform print them, with their answers."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from tests.iam_estate import ACCOUNT, ADA, APP, EXEC, FUNCTION, KEY, NODE, WORKER


class Row(NamedTuple):
    """A text, the options beside it, and what is expected: decision, the layers in the way, the layer and mark of a statement."""

    text: str
    decision: str
    blocking: str
    layer: str = ""
    mark: str = ""
    options: tuple[str, ...] = ()


def said(who: str, action: str, resource: str = "", because: str = "") -> str:
    """The words of IAM."""
    return f"User: {who} is not authorized to perform: {action}" + (f" on resource: {resource}" if resource else "") + (f" {because}" if because else "")


def no(kind: str, action: str) -> str:
    """That nothing allows it."""
    return f"because no {kind} policy allows the {action} action"


def event(source: str, name: str, who: dict[str, Any], **more: Any) -> str:
    """A record of CloudTrail."""
    return json.dumps({"eventSource": source, "eventName": name, "userIdentity": who, "errorCode": "AccessDenied", "awsRegion": "eu-west-1", "recipientAccountId": ACCOUNT, **more})


MEDIA_A = '"arn:aws:s3:::media-prod/a"'
SECRET = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:prod/db-a1B2c3"
TABLE = f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/jobs"
QUEUE = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs"
REPOSITORY = f"arn:aws:ecr:eu-west-1:{ACCOUNT}:repository/web"
PODS = f"arn:aws:iam::{ACCOUNT}:role/pods"
ISSUER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"
SUB = "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub"
ROLE_APP = {"type": "AssumedRole", "arn": APP, "accountId": ACCOUNT, "sessionContext": {"sessionIssuer": {"type": "Role", "arn": f"arn:aws:iam::{ACCOUNT}:role/app"}, "attributes": {"mfaAuthenticated": "false"}}}
DENIED, EXPLICIT, ALLOWED, UNKNOWN = "implicit_deny", "explicit_deny", "allow", "unknown"

ERRORS: list[Row] = [
    # IAM and the command line
    Row(said(APP, "s3:PutBucketPolicy", '"arn:aws:s3:::media-prod"', no("identity-based", "s3:PutBucketPolicy")), DENIED, "identity"),
    Row(f"An error occurred (AccessDeniedException) when calling the GetItem operation: {said(APP, 'dynamodb:GetItem', TABLE, 'because no permissions boundary allows the dynamodb:GetItem action')}", DENIED, "boundary", "identity", "app-table"),
    Row(f"An error occurred (AccessDenied) when calling the DeleteObject operation: {said(APP, 's3:DeleteObject', MEDIA_A, 'with an explicit deny in a resource-based policy')}", EXPLICIT, "resource", "resource", "media-keep"),
    Row(said(APP, "sqs:PurgeQueue", QUEUE, "with an explicit deny in an identity-based policy"), EXPLICIT, "identity", "identity", "app-deny"),
    Row(said(APP, "sqs:purgequeue", QUEUE), EXPLICIT, "identity", "identity", "app-deny"),
    Row(said(WORKER, "sqs:SendMessage", QUEUE, no("identity-based", "sqs:SendMessage")), DENIED, "identity"),
    Row(said(WORKER, "sqs:ReceiveMessage", QUEUE), ALLOWED, "", "identity", "worker-queue"),
    Row(said(f"arn:aws:iam::{ACCOUNT}:role/batch/worker", "sqs:DeleteMessage", QUEUE), ALLOWED, "", "identity", "worker-queue"),
    Row(said(ADA, "iam:CreateUser", f"arn:aws:iam::{ACCOUNT}:user/eve", "with an explicit deny in an identity-based policy"), EXPLICIT, "identity group", "group", "dev-deny"),
    Row(said(ADA, "iam:ListUsers", f"arn:aws:iam::{ACCOUNT}:user/"), EXPLICIT, "identity group", "group", "dev-deny"),
    Row(said(ADA, "rds:DescribeDBInstances", "*"), DENIED, "identity"),
    Row(f"AccessDenied: {said(ADA, 'ec2:RunInstances', f'arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/*', 'with an explicit deny in a service control policy')}", EXPLICIT, "scp", "scp", "guard"),
    Row(f"{ADA} is not authorized to perform: ec2:RunInstances with an explicit deny in a service control policy", EXPLICIT, "scp", "scp", "guard"),
    Row(said("arn:aws:sts::333333333333:assumed-role/other/x", "s3:GetObject", "arn:aws:s3:::media-prod/a"), UNKNOWN, ""),
    Row(said("arn:aws:sts::222222222222:assumed-role/partner/x", "s3:GetObject", "arn:aws:s3:::media-prod/a", no("identity-based", "s3:GetObject")), UNKNOWN, "", "resource", "media-partner"),
    Row(said(APP, "s3:GetObject", "arn:aws:s3:::somebody-elses/a", no("resource-based", "s3:GetObject")), UNKNOWN, ""),
    Row(said(WORKER, "s3:GetObject", "arn:aws:s3:::unheard-of/a", no("identity-based", "s3:GetObject")), DENIED, "identity"),
    Row(said(f"arn:aws:sts::{ACCOUNT}:assumed-role/unheard-of/x", "s3:GetObject", "arn:aws:s3:::media-prod/a"), UNKNOWN, ""),
    Row(said(WORKER, "sqs:ReceiveMessage", QUEUE, "because no session policy allows the sqs:ReceiveMessage action"), UNKNOWN, "", "identity", "worker-queue"),
    Row(said(WORKER, "sqs:ReceiveMessage", QUEUE, "with an explicit deny in a resource control policy"), UNKNOWN, "", "identity", "worker-queue"),
    Row(said(WORKER, "sqs:ReceiveMessage", QUEUE, "because no permissions boundary allows the sqs:ReceiveMessage action"), UNKNOWN, "", "identity", "worker-queue"),
    # S3
    Row(said(APP, "s3:PutObject", '"arn:aws:s3:::media-prod/a/b c.png"', no("identity-based", "s3:PutObject")), UNKNOWN, "", "identity", "app-put"),
    Row(said(APP, "s3:PutObject", '"arn:aws:s3:::media-prod/a"'), DENIED, "identity", options=("--context", "aws:SourceIp=203.0.113.9")),
    Row(said(APP, "s3:PutObject", '"arn:aws:s3:::media-prod/a"'), ALLOWED, "", "identity", "app-put", ("--context", "aws:SourceIp=10.1.1.1")),
    Row(said(ADA, "s3:GetObject", '"arn:aws:s3:::logs-prod/x"', "because no VPC endpoint policy allows the s3:GetObject action"), DENIED, "endpoint", "group", "dev-allow"),
    Row(said(ADA, "s3:GetObject", '"arn:aws:s3:::media-prod/x"', "because no VPC endpoint policy allows the s3:GetObject action"), ALLOWED, "", "endpoint", "endpoint"),
    Row("<Error><Code>AccessDenied</Code><Message>User: " + APP + " is not authorized to perform: s3:DeleteObject on resource: &quot;arn:aws:s3:::media-prod/a&quot; with an explicit deny in a resource-based policy</Message></Error>", EXPLICIT, "resource", "resource", "media-keep"),
    Row("fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden", ALLOWED, "", "identity", "app-s3", ("--principal", APP, "--resource", "arn:aws:s3:::media-prod/a")),
    Row("download failed: s3://logs-prod/2026/a.gz to ./a.gz An error occurred (AccessDenied) when calling the GetObject operation: Access Denied", DENIED, "identity", options=("--principal", APP)),
    Row("An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied", ALLOWED, "", "identity", "app-s3", ("--principal", APP, "--resource", "arn:aws:s3:::media-prod")),
    Row("upload failed: ./x to s3://media-prod/x An error occurred (AccessDenied) when calling the DeleteObject operation: Access Denied", EXPLICIT, "identity resource", "resource", "media-keep", ("--principal", WORKER)),
    Row(said("anonymous", "s3:GetObject", '"arn:aws:s3:::media-prod/a"', no("resource-based", "s3:GetObject")), DENIED, "resource"),
    # KMS
    Row(f"AccessDeniedException: {said(APP, 'kms:Decrypt', KEY, 'because no resource-based policy allows the kms:Decrypt action')}", DENIED, "kms", "identity", "app-any"),
    Row(said(WORKER, "kms:Decrypt", KEY), ALLOWED, "", "kms", "key-worker"),
    Row(said(ADA, "kms:Decrypt", KEY, no("identity-based", "kms:Decrypt")), DENIED, "identity kms"),
    Row(said(WORKER, "kms:GenerateDataKey", KEY, no("resource-based", "kms:GenerateDataKey")), DENIED, "identity kms"),
    Row(f"{said(APP, 'kms:Decrypt')} on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access", UNKNOWN, "", "identity", "app-any"),
    Row(f"Lambda was unable to decrypt the environment variables because KMS access was denied. Please check the function's KMS key settings. KMS Exception: AccessDeniedException KMS Message: {said(FUNCTION, 'kms:Decrypt', KEY, no('resource-based', 'kms:Decrypt'))}", DENIED, "identity kms"),
    # ECR and ECS
    Row(f"denied: {said(ADA, 'ecr:PutImage', REPOSITORY, 'with an explicit deny in a resource-based policy')}", EXPLICIT, "resource", "resource", "web-deny"),
    Row(f"CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/web:1: pulling from host failed with status code: 403 Forbidden: {said(WORKER, 'ecr:BatchGetImage', REPOSITORY, no('identity-based', 'ecr:BatchGetImage'))}", DENIED, "identity"),
    Row(f"Error response from daemon: pull access denied for web, repository does not exist or may require 'docker login': denied: {said(FUNCTION, 'ecr:BatchGetImage', REPOSITORY, no('identity-based', 'ecr:BatchGetImage'))}", DENIED, "identity"),
    Row(said(FUNCTION, "ecr:GetAuthorizationToken", "*", no("identity-based", "ecr:GetAuthorizationToken")), DENIED, "identity"),
    Row(said(EXEC, "ecr:GetAuthorizationToken", "*"), ALLOWED, ""),
    Row(f"ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {SECRET} from secrets manager: AccessDeniedException: {said(EXEC, 'secretsmanager:GetSecretValue', SECRET, no('identity-based', 'secretsmanager:GetSecretValue'))} status code: 400, request id: 1a2b", DENIED, "identity"),
    Row(f"ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: {said(NODE, 'logs:CreateLogStream', f'arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/ecs/web:log-stream:x', no('identity-based', 'logs:CreateLogStream'))}", DENIED, "identity"),
    Row(f"ECS was unable to assume the role 'arn:aws:iam::{ACCOUNT}:role/task-exec' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.", DENIED, "trust"),
    Row(said(WORKER, "ecs:ExecuteCommand", f"arn:aws:ecs:eu-west-1:{ACCOUNT}:cluster/main", no("identity-based", "ecs:ExecuteCommand")), DENIED, "identity"),
    # Lambda
    Row("InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2", DENIED, "identity", options=("--principal", f"arn:aws:iam::{ACCOUNT}:role/api-fn", "--resource", "*")),
    Row("The provided execution role does not have permissions to call ReceiveMessage on SQS", DENIED, "identity", options=("--principal", f"arn:aws:iam::{ACCOUNT}:role/api-fn", "--resource", QUEUE)),
    Row(f"The role defined for the function cannot be assumed by Lambda. Role: arn:aws:iam::{ACCOUNT}:role/api-fn", DENIED, "trust"),
    Row(f"User: sns.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:{ACCOUNT}:function:api because no resource-based policy allows the lambda:InvokeFunction action", DENIED, "resource", options=("--principal", "sns.amazonaws.com")),
    Row(said(WORKER, "lambda:InvokeFunction", f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:api", no("identity-based", "lambda:InvokeFunction")), DENIED, "identity"),
    Row("An error occurred (AccessDeniedException) when calling the Invoke operation: Access Denied", ALLOWED, "", "group", "dev-allow", ("--principal", ADA, "--resource", f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:api:live")),
    # IRSA and STS
    Row(f"An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity (role {PODS})", DENIED, "trust", options=("--principal", ISSUER, "--context", f"{SUB}=system:serviceaccount:shop:web")),
    Row("WebIdentityErr: failed to retrieve credentials\ncaused by: AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity\n\tstatus code: 403, request id: 1a2b", UNKNOWN, "", "trust", "pods-trust", ("--principal", ISSUER, "--resource", PODS)),
    Row("Not authorized to perform sts:AssumeRoleWithWebIdentity", ALLOWED, "", "trust", "pods-trust", ("--principal", ISSUER, "--resource", PODS, "--context", f"{SUB}=system:serviceaccount:shop:api")),
    Row(f"operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 1a2b, api error AccessDenied: {said(APP, 'sts:AssumeRole', f'arn:aws:iam::{ACCOUNT}:role/node')}", DENIED, "trust", "identity", "app-any"),
    Row(said(WORKER, "sts:AssumeRole", f"arn:aws:iam::{ACCOUNT}:role/node", "because no identity-based policy allows the sts:AssumeRole action"), DENIED, "identity trust"),
    Row(said(APP, "sts:AssumeRole", "arn:aws:iam::222222222222:role/partner", "because no role trust policy allows the sts:AssumeRole action"), UNKNOWN, "", "identity", "app-any"),
    Row(f"CodeBuild is not authorized to perform: sts:AssumeRole on service role arn:aws:iam::{ACCOUNT}:role/node. Please verify that: 1) The provided service role exists", DENIED, "trust"),
    Row(f"pod shop/api: AccessDenied: {said(NODE, 's3:GetObject', 'arn:aws:s3:::media-prod/a', no('identity-based', 's3:GetObject'))}", DENIED, "identity"),
    # CloudTrail
    Row(event("s3.amazonaws.com", "DeleteObject", ROLE_APP, errorMessage="Access Denied", requestParameters={"bucketName": "media-prod", "key": "a"}), EXPLICIT, "resource", "resource", "media-keep"),
    Row(event("s3.amazonaws.com", "PutObject", ROLE_APP, errorMessage="Access Denied", sourceIPAddress="203.0.113.9", requestParameters={"bucketName": "media-prod", "key": "a"}), DENIED, "identity"),
    Row(event("s3.amazonaws.com", "PutObject", ROLE_APP, errorMessage="Access Denied", sourceIPAddress="10.9.9.9", requestParameters={"bucketName": "media-prod", "key": "a"}), ALLOWED, "", "identity", "app-put"),
    Row(event("dynamodb.amazonaws.com", "GetItem", ROLE_APP, errorMessage=said(APP, "dynamodb:GetItem", TABLE, "because no permissions boundary allows the dynamodb:GetItem action")), DENIED, "boundary", "identity", "app-table"),
    Row(json.dumps({"Records": [json.loads(event("ec2.amazonaws.com", "RunInstances", {"type": "IAMUser", "arn": ADA}, errorCode="Client.UnauthorizedOperation", errorMessage="You are not authorized to perform this operation."))]}), EXPLICIT, "scp", "scp", "guard"),
    Row(json.dumps({"Events": [{"CloudTrailEvent": event("secretsmanager.amazonaws.com", "GetSecretValue", {"type": "AssumedRole", "arn": WORKER}, requestParameters={"secretId": SECRET})}]}), DENIED, "identity"),
    Row(event("sqs.amazonaws.com", "ReceiveMessage", {"type": "AssumedRole", "arn": WORKER}, requestParameters={"queueUrl": f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/jobs"}), ALLOWED, "", "identity", "worker-queue"),
    # SQS by its URL, EC2, Terraform
    Row(f"An error occurred (AccessDenied) when calling the SendMessage operation: Access to the resource https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/jobs is denied.", DENIED, "identity", options=("--principal", WORKER)),
    Row(f"UnauthorizedOperation: You are not authorized to perform this operation. {said(ADA, 'ec2:RunInstances', f'arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/*', 'with an explicit deny in a service control policy')}. Encoded authorization failure message: AbCdEf", EXPLICIT, "scp", "scp", "guard"),
    Row(f"╷\n│ Error: creating IAM Role (x): operation error IAM: CreateRole, https response error StatusCode: 403, RequestID: 1-2-3, api error AccessDenied: {said(WORKER, 'iam:CreateRole', f'arn:aws:iam::{ACCOUNT}:role/x', no('identity-based', 'iam:CreateRole'))}\n│ \n│   with aws_iam_role.x,\n│   on main.tf line 1, in resource \"aws_iam_role\" \"x\":\n╵", DENIED, "identity"),
    Row("│ Error: reading S3 Bucket (logs-prod): operation error S3: HeadBucket, https response error StatusCode: 403, RequestID: X, HostID: Y, api error Forbidden: Forbidden", DENIED, "identity", options=("--principal", APP)),
    Row(f"Error: creating Lambda Function (f): operation error Lambda: CreateFunction, https response error StatusCode: 403, RequestID: r, api error AccessDeniedException: {said(WORKER, 'iam:PassRole', f'arn:aws:iam::{ACCOUNT}:role/api-fn', no('identity-based', 'iam:PassRole'))}", DENIED, "identity"),
    Row(f"Error: error creating EC2 Instance: {said(WORKER, 'iam:PassRole', f'arn:aws:iam::{ACCOUNT}:role/node')}\n\tstatus code: 403, request id: 1a2b", ALLOWED, "", "identity", "worker-pass"),
    Row("Error: reading SQS Queue: operation error SQS: GetQueueAttributes, https response error StatusCode: 403, api error AccessDenied: Access to the resource https://sqs.eu-west-1.amazonaws.com/111111111111/jobs is denied.", DENIED, "identity", options=("--principal", WORKER)),
]
