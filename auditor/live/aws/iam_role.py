"""Roles, with the managed policies that are attached to them."""

from auditor.live.source import document, maybe, tags
from auditor.live.spec import Detail, Spec
from auditor.model.node import Node
from auditor.model.value import Unknown, Value

_NOT_HERE = Value(Unknown("it is read as aws_iam_role_policy"))


def _owner(role: Node) -> str:
    path = str(role.at("Path").data)
    if path.startswith("/aws-service-role/"):
        return "a service of AWS"
    return "IAM Identity Center" if path.startswith("/aws-reserved/") else ""


SPEC = Spec(
    kind="aws_iam_role",
    service="iam",
    operation="list_roles",
    items="Roles",
    everywhere=True,
    attributes={
        "id": "RoleName",
        "arn": "Arn",
        "name": "RoleName",
        "path": "Path",
        "unique_id": "RoleId",
        "assume_role_policy": document("AssumeRolePolicyDocument"),
        "description": maybe("Description", ""),
        "max_session_duration": "MaxSessionDuration",
    },
    details=(
        Detail(
            "get_role",
            {"RoleName": "RoleName"},
            {
                "permissions_boundary": maybe("Role.PermissionsBoundary.PermissionsBoundaryArn", ""),
                "tags": tags("Role.Tags"),
                "tags_all": tags("Role.Tags"),
            },
            wanted=lambda role: not _owner(role),
        ),
        Detail(
            "list_attached_role_policies",
            {"RoleName": "RoleName"},
            {"managed_policy_arns": lambda reply: [policy.at("PolicyArn") for policy in reply.each("AttachedPolicies")]},
            wanted=lambda role: not _owner(role),
        ),
        Detail(
            "list_role_policies",
            {"RoleName": "RoleName"},
            {"inline_policy": lambda reply: [{"name": name, "policy": _NOT_HERE} for name in reply.each("PolicyNames")]},
            wanted=lambda role: not _owner(role),
        ),
    ),
    owner=_owner,
    compare={"assume_role_policy": "policy"},
    parts={
        "inline_policy": ("aws_iam_role_policy", "aws_iam_role_policies_exclusive"),
        "managed_policy_arns": (
            "aws_iam_role_policy_attachment",
            "aws_iam_policy_attachment",
            "aws_iam_role_policy_attachments_exclusive",
        ),
    },
    watched="assume_role_policy inline_policy managed_policy_arns permissions_boundary path",
)

_TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
EXAMPLE = {
    "list_roles": {
        "Roles": [
            {
                "RoleName": "app",
                "Arn": "arn:aws:iam::123456789012:role/app",
                "Path": "/",
                "RoleId": "AROAEXAMPLE",
                "AssumeRolePolicyDocument": _TRUST,
                "MaxSessionDuration": 3600,
            }
        ]
    },
    "get_role": {"Role": {"RoleName": "app", "Tags": [{"Key": "Team", "Value": "web"}]}},
    "list_role_policies": {"PolicyNames": ["write"]},
    "list_attached_role_policies": {"AttachedPolicies": [{"PolicyName": "x", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}]},
}
EXPECT: dict[str, object] = {
    "app": {
        "id": "app",
        "arn": "arn:aws:iam::123456789012:role/app",
        "name": "app",
        "path": "/",
        "unique_id": "AROAEXAMPLE",
        "assume_role_policy": '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},'
        '"Action":"sts:AssumeRole"}]}',
        "description": "",
        "max_session_duration": 3600,
        "permissions_boundary": "",
        "inline_policy": [{"name": "write", "policy": {"$unknown": "it is read as aws_iam_role_policy"}}],
        "managed_policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        "tags": {"Team": "web"},
        "tags_all": {"Team": "web"},
    }
}
