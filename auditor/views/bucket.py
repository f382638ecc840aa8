"""An S3 bucket with all that is said of it: inline, in resources of their own (`aws_s3_bucket_versioning` ...), and for the account.

A setting that stands in a resource of its own wins over the inline one, since that one is all that a state still shows of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.decide import some
from auditor.views.policy import resource_statements
from auditor.views.statement import Statement

ACLS: Final = "aws_s3_bucket aws_s3_bucket_acl"
POLICIES: Final = "aws_s3_bucket aws_s3_bucket_policy"
LIFECYCLES: Final = "aws_s3_bucket aws_s3_bucket_lifecycle_configuration"

EVERYBODY: Final = "AllUsers"
ANY_ACCOUNT: Final = "AuthenticatedUsers"
LOG_DELIVERY: Final = "LogDelivery"

_CANNED: Final = {
    "public-read": {(EVERYBODY, "READ")},
    "website": {(EVERYBODY, "READ")},
    "public-read-write": {(EVERYBODY, "READ"), (EVERYBODY, "WRITE")},
    "authenticated-read": {(ANY_ACCOUNT, "READ")},
    "log-delivery-write": {(LOG_DELIVERY, "WRITE"), (LOG_DELIVERY, "READ_ACP")},
}


@dataclass(frozen=True, slots=True)
class Grant:
    """What an access control list gives: a canned list by its name, or one grant of a list that is written out."""

    where: Node

    def gives(self, permission: str, *groups: str) -> bool:
        """Whether one of the groups gets that permission (`READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`)."""
        if not isinstance(self.where.data, dict):
            canned = _CANNED.get(self.where.text or "", set())
            return any((group, permission) in canned for group in groups)
        return self._group in groups and any(given.text in (permission, "FULL_CONTROL") for given in self._permissions)

    @property
    def _group(self) -> str:
        uri = self.where.at("grantee.uri")
        if uri.missing:
            uri = self.where.at("uri")
        return "" if uri.missing else (uri.text or "").rpartition("/")[2]

    @property
    def _permissions(self) -> Iterator[Node]:
        yield from self.where.each("permission")
        yield from self.where.each("permissions")


@dataclass(frozen=True, slots=True)
class LifecycleRule:
    """One rule of a lifecycle, in the old or the new vocabulary."""

    where: Node

    @property
    def enabled(self) -> bool:
        """Whether it is carried out."""
        return is_on(self.where.at("status")) or is_on(self.where.at("enabled"))

    @property
    def expiration(self) -> Node:
        """After how many days current versions are deleted."""
        return self.where.at("expiration.days")

    @property
    def old_versions(self) -> Node:
        """After how many days versions that were replaced are deleted."""
        days = self.where.at("noncurrent_version_expiration.noncurrent_days")
        return days if days.present else self.where.at("noncurrent_version_expiration.days")

    @property
    def unfinished_uploads(self) -> Node:
        """After how many days the parts of an upload that was never completed are deleted."""
        days = self.where.at("abort_incomplete_multipart_upload.days_after_initiation")
        return days if days.present else self.where.at("abort_incomplete_multipart_upload_days")

    @property
    def whole_bucket(self) -> bool:
        """Whether it takes every object: no prefix, tag or size picks some of them."""
        narrow = [self.where.at(path) for path in _NARROW]
        return not any(node.present and node.value not in ("", {}) for node in narrow)


_NARROW = (
    "prefix", "tags", "filter.prefix", "filter.tag", "filter.object_size_greater_than", "filter.object_size_less_than",
    "filter.and.prefix", "filter.and.tags", "filter.and.object_size_greater_than", "filter.and.object_size_less_than",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of the graph. A setting that is nowhere written is a missing node of the bucket."""

    resource: Resource
    graph: Graph

    @property
    def versioning(self) -> Node:
        """The state: `Enabled`, `Suspended`, or a truth value in the old vocabulary."""
        return _either(self._part("versioning", "aws_s3_bucket_versioning", "versioning_configuration"), "status", "enabled")

    @property
    def versioned(self) -> bool:
        """Whether old versions are kept."""
        return is_on(self.versioning)

    @property
    def mfa_delete(self) -> Node:
        """Whether deleting a version asks for a second factor."""
        return self._part("versioning", "aws_s3_bucket_versioning", "versioning_configuration").at("mfa_delete")

    @property
    def encryption(self) -> Node:
        """The table with `sse_algorithm` and `kms_master_key_id`."""
        kind = "aws_s3_bucket_server_side_encryption_configuration"
        table = "apply_server_side_encryption_by_default"
        return self._part(f"server_side_encryption_configuration.rule.{table}", kind, f"rule.{table}")

    @property
    def logging(self) -> Node:
        """The bucket that access logs go to."""
        return self._part("logging", "aws_s3_bucket_logging").at("target_bucket")

    @property
    def replication(self) -> Node:
        """The table with the role and the rules."""
        return self._part("replication_configuration", "aws_s3_bucket_replication_configuration")

    @property
    def ownership(self) -> Node:
        """Who owns what others upload: `BucketOwnerEnforced` turns access control lists off."""
        return self._part("ownership_controls", "aws_s3_bucket_ownership_controls", "rule.object_ownership")

    @property
    def notification(self) -> Node:
        """Whom events of the bucket go to."""
        return self._part("notification", "aws_s3_bucket_notification")

    @property
    def website(self) -> Node:
        """The table of a website's settings."""
        return self._part("website", "aws_s3_bucket_website_configuration")

    @property
    def lifecycle(self) -> tuple[LifecycleRule, ...]:
        """The rules of its lifecycle."""
        others = self.attached("aws_s3_bucket_lifecycle_configuration")
        return tuple(rule for resource in (self.resource, *others) for rule in lifecycle_rules(resource))

    @property
    def grants(self) -> tuple[Grant, ...]:
        """What its access control lists give."""
        return tuple(grant for resource in (self.resource, *self.attached("aws_s3_bucket_acl")) for grant in grants(resource))

    @property
    def statements(self) -> Iterator[Statement]:
        """The statements of its policies."""
        for resource in (self.resource, *self.attached("aws_s3_bucket_policy")):
            yield from resource_statements(resource, self.graph)

    @property
    def takes_logs(self) -> bool:
        """Whether logs are delivered to it."""
        return some(
            lambda: bool(self.graph.attached(self.resource, "logging.target_bucket", "aws_s3_bucket")),
            lambda: bool(self.graph.attached(self.resource, "target_bucket", "aws_s3_bucket_logging")),
            lambda: any(grant.gives("WRITE", LOG_DELIVERY) for grant in self.grants),
        )

    @property
    def access_blocks(self) -> tuple[Resource, ...]:
        """The blocks of public access that hold for it: its own, and the account's."""
        return (*self.attached("aws_s3_bucket_public_access_block"), *self.graph.of("aws_s3_account_public_access_block"))

    def blocks(self, switch: str) -> bool:
        """Whether that switch of a block of public access is on."""
        return any(is_on(block.at(switch)) for block in self.access_blocks)

    def attached(self, kind: str) -> tuple[Resource, ...]:
        """The resources of a kind that name it."""
        return self.graph.attached(self.resource, "bucket", kind)

    def _part(self, inline: str, kind: str, path: str = "") -> Node:
        own = self.resource.at(inline)
        try:
            others = self.attached(kind)
        except Undecided:
            if own.missing:
                raise
            others = ()
        if not others:
            return own
        return others[0].at(path) if path else others[0].body


def is_on(node: Node) -> bool:
    """Whether a switch is on, be it a truth value or the word `Enabled`."""
    return not node.missing and (node.flag is True or node.text == "Enabled")


def named_bucket(resource: Resource, graph: Graph, path: str = "bucket") -> Bucket | None:
    """The bucket of the graph that a resource names at `path`; None when it is not there. Raises `Undecided` when no name is known."""
    node = resource.at(path)
    found = graph.targets(node, "aws_s3_bucket")
    if not found and not (node.unknown and node.refs):
        text = node.text
        found = tuple(bucket for bucket in graph.of("aws_s3_bucket") if text and text in graph.names(bucket))
    return Bucket(found[0], graph) if found else None


def grants(resource: Resource) -> tuple[Grant, ...]:
    """What the access control list that stands in this very resource gives."""
    paths = ("acl", "grant", "access_control_policy.grant")
    return tuple(Grant(node) for path in paths for node in resource.each(path))


def visible_grants(resource: Resource, graph: Graph) -> Iterator[Grant]:
    """What is given by a bucket and all that hangs on it, or by a list whose bucket is not in sight."""
    if resource.kind == "aws_s3_bucket":
        yield from grants(resource)
        yield from (grant for other in Bucket(resource, graph).attached("aws_s3_bucket_acl") for grant in grants(other))
    elif named_bucket(resource, graph) is None:
        yield from grants(resource)


def lists_ignored(resource: Resource, graph: Graph) -> bool:
    """Whether public access control lists have no effect on the bucket: this one, or the one that a resource names."""
    return _switched(resource, graph, "ignore_public_acls")


def policy_restricted(resource: Resource, graph: Graph) -> bool:
    """Whether strangers do not get in by a public policy of the bucket: this one, or the one that a resource names."""
    return _switched(resource, graph, "restrict_public_buckets")


def policy_refused(resource: Resource, graph: Graph) -> bool:
    """Whether S3 takes no new public policy for the bucket: this one, or the one that a resource names."""
    return _switched(resource, graph, "block_public_policy")


def _switched(resource: Resource, graph: Graph, switch: str) -> bool:
    if any(is_on(block.at(switch)) for block in graph.of("aws_s3_account_public_access_block")):
        return True
    if not graph.of("aws_s3_bucket_public_access_block"):
        return False
    bucket = Bucket(resource, graph) if resource.kind == "aws_s3_bucket" else named_bucket(resource, graph)
    return bucket is not None and bucket.blocks(switch)


def asks_for_tls(statements: Iterable[Statement]) -> bool:
    """Whether a policy refuses requests without TLS, or allows none but those with it."""
    return any(_asks_for_tls(statement) for statement in statements)


def _asks_for_tls(statement: Statement) -> bool:
    refused = "false" if statement.denies else "true"
    return any(
        condition.key.lower() == "aws:securetransport" and any(value.text == refused for value in condition.values)
        for condition in statement.conditions
    )


def lifecycle_rules(resource: Resource) -> tuple[LifecycleRule, ...]:
    """The rules that stand in this very resource."""
    return tuple(LifecycleRule(node) for path in ("lifecycle_rule", "rule") for node in resource.each(path))


def _either(table: Node, first: str, second: str) -> Node:
    node = table.at(first)
    return node if node.present else table.at(second)
