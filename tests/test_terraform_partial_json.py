"""JSON texts that are partly unknown: their structure is read, and what is unknown in a text stands in its place."""

from __future__ import annotations

from auditor import testing
from auditor.model.node import Node
from auditor.model.rule import Example
from auditor.model.value import Unknown

POLICY = """
resource "aws_s3_bucket" "logs" {}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = <<EOT
{"Statement": [{"Effect": "Allow", "Resource": "arn:aws:s3:::${aws_s3_bucket.logs.id}/logs/*"}]}
EOT
}
"""


def test_a_text_between_known_and_unknown_parts() -> None:
    (graph,) = testing.read(Example("example", "hcl", (("main.tf", POLICY),), 1, bad=True)).graphs
    policy = next(it for it in graph.resources if it.kind == "aws_s3_bucket_policy").body.at("policy").data
    assert isinstance(policy, Unknown)
    assert policy.tree is not None
    statement = Node(policy.tree).at("Statement[0]")
    assert statement.at("Effect").data == "Allow"
    resource = statement.at("Resource").data
    assert isinstance(resource, Unknown)
    assert resource.prefix == "arn:aws:s3:::"
