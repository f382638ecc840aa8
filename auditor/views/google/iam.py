"""IAM of Google Cloud: the members and roles that bindings, single members and policies grant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node

PUBLIC: Final = frozenset({"allUsers", "allAuthenticatedUsers"})
"""Everybody, and everybody with a Google account of any kind."""

BASIC: Final = frozenset({"roles/owner", "roles/editor", "roles/viewer"})
"""The roles from before IAM, which span every service."""

ACT_AS: Final = frozenset({"roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator"})
"""The roles whose whole purpose is to work as a service account."""

IMPERSONATION: Final = frozenset(
    {
        "roles/owner",
        "roles/editor",
        "roles/iam.securityAdmin",
        "roles/iam.serviceAccountAdmin",
        "roles/iam.serviceAccountKeyAdmin",
        "roles/iam.serviceAccountOpenIdTokenCreator",
        "roles/iam.workloadIdentityUser",
        "roles/cloudfunctions.serviceAgent",
        "roles/cloudbuild.serviceAgent",
        "roles/composer.serviceAgent",
        "roles/dataflow.admin",
        "roles/dataflow.developer",
        "roles/dataflow.serviceAgent",
        "roles/dataproc.admin",
        "roles/dataproc.editor",
        "roles/deploymentmanager.editor",
        "roles/resourcemanager.folderAdmin",
        "roles/resourcemanager.folderIamAdmin",
        "roles/resourcemanager.organizationAdmin",
        "roles/resourcemanager.projectIamAdmin",
        "roles/run.serviceAgent",
        "roles/serverless.serviceAgent",
    }
)
"""Further roles that let their holder work as service accounts, or give that right away."""

_DEFAULT_ACCOUNT = re.compile(r"(?:^|:)[\w.:-]+(?:-compute@developer|@appspot)\.gserviceaccount\.com$")
_DEFAULT_SOURCES: Final = frozenset({"google_compute_default_service_account", "google_app_engine_default_service_account"})
_PERSONAL: Final = re.compile(
    r"^user:[^@]+@(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|aol|gmx|protonmail|proton)\.(?:com|net|de|me|co\.uk)$",
    re.IGNORECASE,
)


def members(grant: Node) -> Iterator[Node]:
    """Whoever an IAM resource, or one binding of a policy, names: its `member`, or each of its `members`; those that are known first."""
    for path in ("member", "members"):
        yield from (node for node in grant.each(path) if node.unknown or node.present)


def principal(member: Node) -> str:
    """The text of a member. A service account that is declared here is `serviceAccount:` and its address, before its email is known."""
    if member.unknown:
        declared = [ref.address.text for ref in member.refs if "google_service_account" in ref.address.text.split(".")]
        if declared:
            return f"serviceAccount:{declared[0]}"
    return member.text or ""


def public_members(grant: Node) -> Iterator[Node]:
    """The members that stand for everybody."""
    return (member for member in members(grant) if principal(member) in PUBLIC)


def policy_bindings(policy: Node, graph: Graph) -> Iterator[Node]:
    """The bindings of a `policy_data`: its JSON, or what the `google_iam_policy` data source that it comes from declares."""
    sources = graph.targets(policy, "data.google_iam_policy")
    if sources:
        for source in sources:
            yield from source.each("binding")
    elif policy.present:
        yield from policy.json().each("bindings")


def is_default_account(member: Node) -> bool:
    """Whether a member or an email is the service account that Compute Engine or App Engine makes for a project."""
    if any(part in _DEFAULT_SOURCES for ref in member.refs for part in ref.address.text.split(".")):
        return True
    return _DEFAULT_ACCOUNT.search(principal(member)) is not None


def is_service_account(member: Node) -> bool:
    """Whether a member is a service account."""
    text = principal(member)
    return text.startswith("serviceAccount:") or text.endswith(".gserviceaccount.com")


def is_personal(member: Node) -> bool:
    """Whether a member is a private mailbox at a public provider."""
    return _PERSONAL.search(principal(member)) is not None
