"""Secrets in Dockerfiles are found, and never shown."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Auditor, Write

TEXT = """FROM alpine:3.20
ENV DB_PASSWORD=correct-horse-1 OTHER=plain
ARG API_TOKEN="correct-horse-2"
RUN echo "root:correct-horse-3" | chpasswd && curl -u admin:correct-horse-4 https://example.com && export MY_SECRET=correct-horse-5
RUN echo correct-horse-6 | sudo passwd app --stdin
USER root
"""


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html", "markdown", "junit", "gitlab"])
def test_no_report_shows_one(auditor: Auditor, write: Write, form: str) -> None:
    ran = auditor("scan", write({"Dockerfile": TEXT}), "--format", form, "--profile", "audit")
    assert "dockerfile-secret-written" in ran.out
    assert "correct-horse" not in ran.out


def test_a_graph_holds_none(auditor: Auditor, write: Write) -> None:
    ran = auditor("graph", write({"Dockerfile": TEXT}))
    assert "correct-horse" not in ran.out
    (resource,) = json.loads(ran.out)["resources"]
    env = resource["body"]["stages"][0]["instructions"][0]
    assert env["entries"][0]["value"].keys() == {"$redacted"}
    assert env["entries"][1]["value"] == "plain"
