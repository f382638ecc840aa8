"""What `auditor graph` and `auditor explain` show of secrets: nothing, wherever they are written."""

from __future__ import annotations

import json

from tests.conftest import Auditor, Write

CODE = """
locals {
  db_password = "correct-horse-1"
}
variable "api_token" {
  default = "correct-horse-2"
}
resource "aws_db_instance" "a" {
  password = local.db_password
}
resource "aws_instance" "b" {
  user_data = "#!/bin/sh\\nmysql -u root -pcorrect-horse-3\\n"
  tags      = { token = "correct-horse-4" }
}
output "db_password" {
  value = local.db_password
}
output "settings" {
  value = { secret = "correct-horse-5", port = 5432 }
}
"""
REDACTED = {"$redacted"}


def test_a_graph_holds_no_secret(auditor: Auditor, write: Write) -> None:
    ran = auditor("graph", write({"main.tf": CODE}))
    assert "correct-horse" not in ran.out
    outputs = json.loads(ran.out)["outputs"]
    assert outputs["db_password"].keys() == REDACTED
    assert outputs["settings"]["secret"].keys() == REDACTED
    assert outputs["settings"]["port"] == 5432


def test_an_explanation_holds_no_secret(auditor: Auditor, write: Write) -> None:
    root = write({"main.tf": CODE})
    things = [
        "local.db_password",
        "local.db_password.value",
        "var.api_token",
        "var.api_token.default",
        "output.db_password",
        "output.settings",
    ]
    things += ["aws_db_instance.a", "aws_db_instance.a.password", "aws_instance.b", "aws_instance.b.user_data", "aws_instance.b.tags"]
    for thing in things:
        for format_ in ("text", "json"):
            ran = auditor("explain", thing, root, "--format", format_)
            assert ran.code == 0, thing
            assert "correct-horse" not in ran.out, thing
