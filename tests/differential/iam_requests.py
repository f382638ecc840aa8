"""Random requests with all layers of policies around them, the same for the same seed."""

from __future__ import annotations

import random
from typing import Any

HOME, AWAY = "111111111111", "222222222222"
USER = f"arn:aws:iam::{HOME}:user/ada"
ROLE = f"arn:aws:iam::{HOME}:role/app"
SESSION = f"arn:aws:sts::{HOME}:assumed-role/app/run"

TARGETS: dict[str, list[str]] = {
    "s3:GetObject": ["arn:aws:s3:::media/a/b.png", "arn:aws:s3:::media/ada/1"],
    "s3:PutObject": ["arn:aws:s3:::media/ada/1"],
    "s3:ListBucket": ["arn:aws:s3:::media"],
    "sqs:SendMessage": ["arn:aws:sqs:eu-west-1:{owner}:jobs"],
    "dynamodb:GetItem": ["arn:aws:dynamodb:eu-west-1:{owner}:table/jobs"],
    "secretsmanager:GetSecretValue": ["arn:aws:secretsmanager:eu-west-1:{owner}:secret:db-AbCdEf"],
    "kms:Decrypt": ["arn:aws:kms:eu-west-1:{owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
    "sts:AssumeRole": ["arn:aws:iam::{owner}:role/deploy"],
    "ec2:DescribeInstances": ["*"],
}
KEYS: dict[str, list[Any]] = {
    "aws:SourceIp": ["10.1.2.3", "203.0.113.9", "2001:db8::1"],
    "aws:SecureTransport": ["true", "false"],
    "aws:MultiFactorAuthPresent": ["true", "false"],
    "aws:PrincipalOrgID": ["o-1", "o-2"],
    "aws:CurrentTime": ["2026-01-01T00:00:00Z", "2026-06-01T12:00:00Z"],
    "aws:MultiFactorAuthAge": ["10", "3600"],
    "aws:PrincipalArn": [USER, ROLE],
    "aws:username": ["ada"],
    "aws:PrincipalTag/team": ["red", "ada", "*"],
    "aws:TagKeys": [["a"], ["a", "b"], ["c"], []],
    "aws:SourceVpce": ["vpce-1"],
}
CONDITIONS: list[tuple[str, str, list[str]]] = [
    ("StringEquals", "aws:PrincipalOrgID", ["o-1"]),
    ("StringNotEquals", "aws:PrincipalOrgID", ["o-1", "o-3"]),
    ("StringEqualsIgnoreCase", "aws:PrincipalTag/team", ["RED"]),
    ("StringNotEqualsIgnoreCase", "aws:PrincipalTag/team", ["RED"]),
    ("StringLike", "aws:PrincipalTag/team", ["r*", "?da"]),
    ("StringNotLike", "aws:PrincipalTag/team", ["r*"]),
    ("StringEqualsIfExists", "aws:SourceVpce", ["vpce-1", "vpce-2"]),
    ("StringNotEqualsIfExists", "aws:SourceVpce", ["vpce-1"]),
    ("StringEquals", "aws:PrincipalTag/team", ["${aws:username}", "blue"]),
    ("StringLike", "aws:PrincipalTag/team", ["${*}"]),
    ("StringNotEquals", "aws:PrincipalTag/team", ["${aws:username}"]),
    ("StringNotLike", "aws:PrincipalTag/team", ["${aws:username}*", "blue"]),
    ("Bool", "aws:SecureTransport", ["true"]),
    ("Bool", "aws:SecureTransport", ["false"]),
    ("BoolIfExists", "aws:MultiFactorAuthPresent", ["false"]),
    ("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "2001:db8::/32"]),
    ("NotIpAddress", "aws:SourceIp", ["203.0.113.0/24"]),
    ("DateGreaterThan", "aws:CurrentTime", ["2026-03-01T00:00:00Z"]),
    ("DateLessThanEquals", "aws:CurrentTime", ["2026-06-01T12:00:00Z"]),
    ("NumericLessThan", "aws:MultiFactorAuthAge", ["300"]),
    ("NumericGreaterThanEquals", "aws:MultiFactorAuthAge", ["10.0"]),
    ("NumericNotEquals", "aws:MultiFactorAuthAge", ["10"]),
    ("ArnLike", "aws:PrincipalArn", [f"arn:aws:iam::{HOME}:role/*"]),
    ("ArnEquals", "aws:PrincipalArn", ["arn:aws:iam::*:user/a?a"]),
    ("ArnNotLike", "aws:PrincipalArn", [f"arn:aws:iam::{HOME}:*/app"]),
    ("Null", "aws:SourceVpce", ["true"]),
    ("Null", "aws:MultiFactorAuthAge", ["false"]),
    ("ForAllValues:StringEquals", "aws:TagKeys", ["a", "b"]),
    ("ForAnyValue:StringEquals", "aws:TagKeys", ["a", "z"]),
    ("ForAnyValue:StringLike", "aws:TagKeys", ["c*"]),
    ("ForAllValues:StringLike", "aws:TagKeys", ["?"]),
]
ACTIONS = [
    "*",
    "s3:*",
    "s3:Get*",
    "S3:getobject",
    "s3:??tObject",
    "sqs:SendMessage",
    "kms:*",
    "sts:AssumeRole",
    "dynamodb:*",
    "ec2:Describe*",
]
RESOURCES = [
    "*", "*", "*", "arn:aws:s3:::*", "arn:aws:s3:::media", "arn:aws:s3:::media/*", "arn:aws:s3:::media/${aws:username}/*", "arn:aws:s3:::media/a/?.png",
    "arn:aws:s3:::media/${aws:PrincipalTag/team, 'ada'}/*", "arn:aws:s3:::media/a${?}b${*}.png", "arn:aws:sqs:*:*:jobs",
    "arn:aws:dynamodb:eu-west-1:*:table/*", "arn:aws:secretsmanager:*:*:secret:db-??????", "arn:aws:kms:*:*:key/*", "arn:aws:iam::*:role/*",
]  # fmt: skip
PRINCIPALS: list[Any] = [
    "*", {"AWS": "*"}, {"AWS": USER}, {"AWS": ROLE}, {"AWS": SESSION}, {"AWS": HOME}, {"AWS": f"arn:aws:iam::{HOME}:root"}, {"AWS": AWAY},
    {"AWS": [f"arn:aws:iam::{AWAY}:user/ada", USER]}, {"Service": "lambda.amazonaws.com"}, {"AWS": [ROLE, SESSION]},
]  # fmt: skip
CALLERS = [USER, SESSION, SESSION]


def simulation(seed: int) -> dict[str, Any]:
    """One simulation, in the form that the simulator takes."""
    chance = random.Random(seed)
    action = chance.choice(list(TARGETS))
    caller = chance.choice(CALLERS)
    owner = chance.choice([HOME, HOME, AWAY]) if action != "ec2:DescribeInstances" else HOME
    target = chance.choice(TARGETS[action]).format(owner=owner)
    special = action in ("kms:Decrypt", "sts:AssumeRole")
    made: dict[str, Any] = {
        "request": {
            "principal": caller,
            "action": action,
            "resource": {"resource": target, "accountId": owner},
            "contextVariables": _context(chance, caller),
        },
        "identityPolicies": [_named(chance, action, number) for number in range(chance.choice([0, 1, 1, 2]))],
        "serviceControlPolicies": _organization(chance, action, "ou") if chance.random() < 0.4 else [],
        "resourceControlPolicies": _resource_controls(chance, action) if chance.random() < 0.3 else [],
    }
    if special or chance.random() < 0.6:
        made["resourcePolicy"] = _document(chance, action, principals=True, resources=action != "sts:AssumeRole")
    if chance.random() < 0.3:
        made["permissionBoundaryPolicies"] = [_named(chance, action, 0)]
    if caller == SESSION and chance.random() < 0.25:
        made["sessionPolicy"] = _document(chance, action)
    if chance.random() < 0.2:
        made["vpcEndpointPolicies"] = [{"name": "e", "policy": _document(chance, action, principals=True, star=1.0)}]
    return _anonymous(made) if chance.random() < 0.1 else made


def _anonymous(made: dict[str, Any]) -> dict[str, Any]:
    """The same request without a signature: nothing of the caller is left."""
    request = made["request"]
    context = {key: it for key, it in request["contextVariables"].items() if not key.startswith("aws:Principal") and key != "aws:username"}
    mine = ("sessionPolicy", "permissionBoundaryPolicies")
    request = {**request, "principal": {"type": "Anonymous"}, "contextVariables": context}
    return {key: it for key, it in made.items() if key not in mine} | {
        "request": request,
        "identityPolicies": [],
        "serviceControlPolicies": [],
    }


def _context(chance: random.Random, caller: str) -> dict[str, Any]:
    found = {key: chance.choice(values) for key, values in KEYS.items() if chance.random() < 0.6}
    found["aws:PrincipalArn"] = USER if caller == USER else ROLE
    if caller == USER:
        found["aws:username"] = "ada"
    else:
        found.pop("aws:username", None)
    return found


def _named(chance: random.Random, action: str, number: int) -> dict[str, Any]:
    return {"name": f"p{number}", "policy": _document(chance, action)}


def _organization(chance: random.Random, action: str, name: str) -> list[dict[str, Any]]:
    full = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    levels = []
    for level in range(chance.choice([1, 2])):
        documents = [full] if chance.random() < 0.7 else []
        documents.append(_document(chance, action))
        levels.append({"orgIdentifier": f"{name}-{level}", "policies": [{"name": f"s{n}", "policy": d} for n, d in enumerate(documents)]})
    return levels


def _resource_controls(chance: random.Random, action: str) -> list[dict[str, Any]]:
    statement = _statement(chance, action)
    statement["Effect"] = "Deny"
    statement["Principal"] = "*"
    statement.pop("NotAction", None)
    statement["Action"] = [action] if chance.random() < 0.5 else [f"{action.partition(':')[0]}:*"]
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return [{"orgIdentifier": "r-1", "policies": [{"name": "r", "policy": document}]}]


def _document(chance: random.Random, action: str, *, principals: bool = False, resources: bool = True, star: float = 0.0) -> dict[str, Any]:
    statements = [_statement(chance, action, resources=resources) for _ in range(chance.choice([1, 1, 2, 3]))]
    for statement in statements if principals else ():
        statement["Principal"] = "*" if chance.random() < star else chance.choice(PRINCIPALS)
    return {"Version": "2012-10-17", "Statement": statements}


def _statement(chance: random.Random, action: str, *, resources: bool = True) -> dict[str, Any]:
    made: dict[str, Any] = {"Effect": "Deny" if chance.random() < 0.15 else "Allow"}
    actions = sorted({chance.choice(ACTIONS), chance.choice([action, chance.choice(ACTIONS)])})
    made["NotAction" if chance.random() < 0.1 else "Action"] = actions
    if resources:
        made["NotResource" if chance.random() < 0.1 else "Resource"] = [chance.choice(RESOURCES) for _ in range(chance.choice([1, 2]))]
    if chance.random() < 0.45:
        condition: dict[str, dict[str, list[str]]] = {}
        for operator, key, values in chance.sample(CONDITIONS, chance.choice([1, 1, 2])):
            condition.setdefault(operator, {})[key] = values
        made["Condition"] = condition
    return made
