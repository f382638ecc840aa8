"""What copies of data need: replication of buckets, backups, migrations, jobs that read and write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.views.bucket import Bucket
from auditor.views.decide import given
from auditor.views.iam.arns import ARNS
from auditor.views.iam.hole import HOLE
from auditor.views.needs.need import Need
from auditor.views.needs.row import Consumer, Row, needs_by

_BUCKET = ("aws_s3_bucket",)
_OBJECT = f"/{HOLE}"
_READ = "read what it replicates"


def replication_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What a bucket's replication needs, whether it stands in the bucket or beside it."""
    inside = resource.kind == "aws_s3_bucket"
    table = resource.at("replication_configuration") if inside else resource.body
    if table.unknown and resource.facet is Facet.PLANNED:  # what a plan says of every new bucket: the provider gives it
        return
    role = table.at("role")
    if not given(role):
        return
    source: Node | Resource = resource if inside else resource.at("bucket")
    yield Need(role, ("s3:GetReplicationConfiguration", "s3:ListBucket"), source, role, _READ, _BUCKET)
    versions = ("s3:GetObjectVersionForReplication", "s3:GetObjectVersion")
    yield Need(role, versions, source, role, _READ, _BUCKET, _OBJECT, one_of=True)
    yield Need(role, ("s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"), source, role, _READ, _BUCKET, _OBJECT)
    for rule in (*table.each("rule"), *table.each("rules")):
        if not rule.at("status").unknown and rule.at("status").text != "Disabled":
            yield from _of_rule(rule, role, source, graph)


def _of_rule(rule: Node, role: Node, source: Node | Resource, graph: Graph) -> Iterator[Need]:
    target = rule.at("destination.bucket")
    deletes = rule.at("delete_marker_replication.status")
    actions = ["s3:ReplicateObject", "s3:ReplicateTags"]
    if not deletes.unknown and deletes.text == "Enabled":
        actions.append("s3:ReplicateDelete")
    yield Need(role, tuple(actions), target, target, "write the replicas", _BUCKET, _OBJECT)
    owner = rule.at("destination.access_control_translation.owner")
    if given(owner):
        yield Need(role, ("s3:ObjectOwnerOverrideToBucketOwner",), target, owner, "give the replicas to their owner", _BUCKET, _OBJECT)
    encrypted = rule.at("source_selection_criteria.sse_kms_encrypted_objects.status")
    if encrypted.unknown or encrypted.text != "Enabled":
        return
    key = rule.at("destination.encryption_configuration.replica_kms_key_id")
    if given(key):
        yield Need(role, ("kms:Encrypt",), key, key, "encrypt the replicas", ("aws_kms_key",))
    bucket = source if isinstance(source, Resource) else next(iter(graph.targets(source, *_BUCKET)), None)
    own = Bucket(bucket, graph).encryption.at("kms_master_key_id") if bucket is not None else None
    if own is not None and given(own) and "alias/" not in str(own.data):
        yield Need(role, ("kms:Decrypt",), own, encrypted, "decrypt what it replicates", ("aws_kms_key",))


_COPIES = {
    "aws_db_instance": "rds:CreateDBSnapshot",
    "aws_rds_cluster": "rds:CreateDBClusterSnapshot",
    "aws_dynamodb_table": "dynamodb:StartAwsBackupJob dynamodb:CreateBackup",
    "aws_ebs_volume": "ec2:CreateSnapshot",
    "aws_efs_file_system": "elasticfilesystem:Backup",
    "aws_s3_bucket": "s3:GetObjectVersion s3:GetInventoryConfiguration",
    "aws_instance": "ec2:CreateImage",
}
"""Kind -> actions by which AWS Backup copies it; one of them is enough."""


def backup_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What a selection of AWS Backup needs for the resources that it names."""
    role = resource.at("iam_role_arn")
    for node in resource.each("resources"):
        for found in graph.targets(node, *_COPIES)[:1]:
            target = found if found.kind in ARNS else None
            yield Need(role, tuple(_COPIES[found.kind].split()), target, node, f"back up {found.address}", one_of=True)


_SECRET = "aws_secretsmanager_secret"
DMS: Final = (
    Consumer(
        "aws_dms_endpoint",
        "secrets_manager_access_role_arn",
        "dms.amazonaws.com",
        (Row("secretsmanager:GetSecretValue", "log in to the database", on="secrets_manager_arn", kinds=_SECRET),),
    ),
    Consumer(
        "aws_dms_endpoint",
        "service_access_role_arn",
        "dms.amazonaws.com",
        (Row("s3:ListBucket", "see the bucket", on="bucket_name", kinds="aws_s3_bucket"),),
        "s3_settings",
    ),
    Consumer(
        "aws_dms_s3_endpoint",
        "service_access_role_arn",
        "dms.amazonaws.com",
        (
            Row("s3:ListBucket", "see the bucket", on="bucket_name", kinds="aws_s3_bucket"),
            Row(
                "s3:PutObject",
                "write to the bucket",
                on="bucket_name",
                kinds="aws_s3_bucket",
                part=_OBJECT,
                when="endpoint_type",
                equals="target",
            ),
            Row(
                "s3:GetObject",
                "read from the bucket",
                on="bucket_name",
                kinds="aws_s3_bucket",
                part=_OBJECT,
                when="endpoint_type",
                equals="source",
            ),
        ),
    ),
)
dms_needs = needs_by(DMS)


def glue_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What a job needs to fetch its script, and a crawler to read what it crawls."""
    if resource.kind == "aws_glue_job":
        script = resource.at("command.script_location")
        yield from _of_path(script, resource.at("role_arn"), ("s3:GetObject",), "fetch the script", graph)
        return
    role = resource.at("role")
    for path in resource.each("s3_target.path"):
        yield from _of_path(path, role, ("s3:GetObject", "s3:ListBucket"), "crawl the files", graph)


def _of_path(path: Node, role: Node, actions: tuple[str, ...], purpose: str, graph: Graph) -> Iterator[Need]:
    """For `s3://BUCKET/KEY`."""
    buckets = graph.targets(path, *_BUCKET)
    if len(buckets) == 1:
        yield Need(role, actions, buckets[0], path, purpose, _BUCKET, _OBJECT)
    elif isinstance(path.data, str) and path.data.startswith("s3://"):
        name = path.data.removeprefix("s3://").partition("/")[0]
        found = graph.called(name, *_BUCKET)
        yield Need(role, actions, found[0] if found else name, path, purpose, _BUCKET, _OBJECT)
