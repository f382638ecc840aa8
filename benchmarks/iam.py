"""How long decisions over requests take in an account of many roles: `python benchmarks/iam.py [ROLES]`."""

from __future__ import annotations

import sys
import time

from auditor.model.graph import Graph
from auditor.model.rule import Example
from auditor.testing import read
from auditor.views.iam.access import may
from auditor.views.iam.escalation import escalations
from auditor.views.iam.evidence import decide

ACTIONS = ("s3:GetObject", "iam:PassRole", "lambda:CreateFunction", "kms:Decrypt", "sqs:SendMessage")

ADMINISTRATES = ', { Effect = "Allow", Action = "*", Resource = "*" }'
PASSES_ANY = ', { Effect = "Allow", Action = ["iam:PassRole", "lambda:*", "ec2:*", "glue:*", "sagemaker:*"], Resource = "*" }'
PASSES_SOME = PASSES_ANY.replace('Resource = "*"', 'Resource = "arn:aws:*:*:*:*NUMBER-*"')
WRITES_OWN = ', { Effect = "Allow", Action = ["iam:PutRolePolicy", "sts:AssumeRole"], Resource = "arn:aws:iam::*:role/team-NUMBER-*" }'


def account(roles: int) -> Graph:
    """So many roles, a managed policy for every five of them, each with eight statements, and a queue for every ten."""
    code = ['data "aws_caller_identity" "me" {}']
    for number in range(roles // 5):
        statements = ",".join(
            f'{{ Effect = "Allow", Action = ["{service}:Get*", "{service}:List*"], Resource = "arn:aws:{service}:*:*:team-{number}/*" }}'
            for service in ("s3", "sqs", "sns", "dynamodb", "logs", "lambda", "iam", "kms")
        )
        code.append(
            f'resource "aws_iam_policy" "p{number}" {{\n  name = "p{number}"\n'
            f'  policy = jsonencode({{ Version = "2012-10-17", Statement = [{statements}] }})\n}}'
        )
    code += [f'resource "aws_sqs_queue" "q{number}" {{\n  name = "q{number}"\n}}' for number in range(roles // 10)]
    code += [role(number) for number in range(roles)]
    (graph,) = read(Example("account", "hcl", (("main.tf", "\n".join(code)),), 1, bad=True)).graphs
    return graph


def role(number: int) -> str:
    """A role of a function, with a policy of its own and a managed one."""
    trust = '{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }'
    own = f'{{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.q{number // 10}.arn }}'
    own += {0: ADMINISTRATES, 1: PASSES_SOME, 2: PASSES_ANY, 3: WRITES_OWN}.get(number % 50, "").replace("NUMBER", str(number))
    if number % 5 == 4:
        trust += f', {{ Effect = "Allow", Principal = {{ AWS = aws_iam_role.r{number - 1}.arn }}, Action = "sts:AssumeRole" }}'
    return (
        f'resource "aws_iam_role" "r{number}" {{\n  name = "r{number}"\n'
        f'  assume_role_policy = jsonencode({{ Version = "2012-10-17", Statement = [{trust}] }})\n}}\n'
        f'resource "aws_iam_role_policy" "r{number}" {{\n  role = aws_iam_role.r{number}.id\n'
        f'  policy = jsonencode({{ Version = "2012-10-17", Statement = [{own}] }})\n}}\n'
        f'resource "aws_iam_role_policy_attachment" "r{number}" {{\n  role = aws_iam_role.r{number}.name\n'
        f"  policy_arn = aws_iam_policy.p{number // 5}.arn\n}}"
    )


def main() -> None:
    """Print the time of a decision, by resources and by ARNs."""
    roles = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    graph = account(roles)
    queues = graph.of("aws_sqs_queue")
    start = time.perf_counter()
    allowed = sum(
        may(graph, role, action, queues[number // 10] if action.startswith("sqs") else "*").allowed is True
        for number, role in enumerate(graph.of("aws_iam_role"))
        for action in ACTIONS
    )
    spent = time.perf_counter() - start
    print(f"may: {roles * len(ACTIONS)} decisions, {allowed} allowed, {spent:.2f} s, {spent / roles / len(ACTIONS) * 1e6:.0f} us each")
    start = time.perf_counter()
    routes = escalations(graph)
    print(f"escalations: {len(routes)} of {roles} roles, {time.perf_counter() - start:.2f} s")
    start = time.perf_counter()
    for number in range(200):
        decide(graph, f"arn:aws:iam::111111111111:role/r{number}", "sqs:SendMessage", f"arn:aws:sqs:eu-west-1:111111111111:q{number // 10}")
    spent = time.perf_counter() - start
    print(f"decide: 200 decisions by ARN, {spent:.2f} s, {spent / 200 * 1e6:.0f} us each")


if __name__ == "__main__":
    main()
