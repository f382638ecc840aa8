"""The prefix of a service that somebody meant by another word."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final

from auditor.views.iam_actions import services

_ALSO: Final[Mapping[str, str]] = {
    "stepfunctions": "states",
    "stepfunction": "states",
    "sfn": "states",
    "cloudwatchlogs": "logs",
    "cloudwatch-logs": "logs",
    "cloudwatchevents": "events",
    "eventbridge": "events",
    "opensearch": "es",
    "elb": "elasticloadbalancing",
    "elbv2": "elasticloadbalancing",
    "alb": "elasticloadbalancing",
    "efs": "elasticfilesystem",
    "parameterstore": "ssm",
    "secretmanager": "secretsmanager",
    "secrets-manager": "secretsmanager",
    "apigw": "apigateway",
    "emr": "elasticmapreduce",
    "kinesisfirehose": "firehose",
    "organization": "organizations",
    "documentdb": "rds",
    "docdb": "rds",
    "neptune": "rds",
    "aurora": "rds",
    "vpc": "ec2",
    "ebs-volume": "ec2",
    "applicationautoscaling": "application-autoscaling",
    "awslambda": "lambda",
    "cognito": "cognito-idp",
    "waf2": "wafv2",
    "xrays": "xray",
}
"""Names of services that are not the prefix of their actions."""
_CLOSE = 0.85
"""How much alike two words have to be: one slip of the pen."""


@cache
def meant(word: str) -> str:
    """The prefix that was meant by a word that is none; empty where nobody can tell (a service may be newer than the table)."""
    word = word.lower()
    if word in _ALSO:
        return _ALSO[word]
    return next(iter(get_close_matches(word, sorted(services()), n=1, cutoff=_CLOSE)), "")
