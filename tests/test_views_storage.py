"""Views of buckets, databases, tables and backups: one thing, however it is spelled, and what cannot be known stays open."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.backup import backed_up
from auditor.views.bucket import EVERYBODY, LOG_DELIVERY, Bucket, asks_for_tls, grants, lists_ignored, named_bucket
from auditor.views.data_events import recorded
from auditor.views.database import Database, instance_memory, instance_size, non_production, parameter
from auditor.views.dynamodb_table import provisioned, scaled
from auditor.views.own_key import lacks_own_key
from auditor.views.provider import provider_major
from tests.made import graph, resource

BUCKET = "aws_s3_bucket.b"
OF_BUCKET = {"$ref": f"{BUCKET}#id"}


def bucket(*others: Resource, **body: Any) -> Bucket:
    it = resource(BUCKET, {"bucket": "files", **body})
    return Bucket(it, graph(it, *others))


def part(kind: str, **body: Any) -> Resource:
    return resource(f"aws_s3_bucket_{kind}.b", {"bucket": OF_BUCKET, **body})


# -- buckets


@pytest.mark.parametrize(
    ("inline", "own", "versioned"),
    [
        ({}, {}, False),
        ({"versioning": [{"enabled": True}]}, {}, True),
        ({"versioning": [{"enabled": False}]}, {}, False),
        ({}, {"versioning_configuration": [{"status": "Enabled"}]}, True),
        ({}, {"versioning_configuration": [{"status": "Suspended"}]}, False),
        ({"versioning": [{"enabled": False}]}, {"versioning_configuration": [{"status": "Enabled"}]}, True),
    ],
)
def test_versioning_inline_and_in_a_resource_of_its_own(inline: dict[str, Any], own: dict[str, Any], versioned: bool) -> None:
    others = (part("versioning", **own),) if own else ()
    assert bucket(*others, **inline).versioned is versioned


def test_a_part_whose_bucket_is_unknown_leaves_the_setting_open() -> None:
    other = resource(
        "aws_s3_bucket_versioning.x", {"bucket": {"$unknown": "var.name"}, "versioning_configuration": [{"status": "Enabled"}]}
    )
    with pytest.raises(Undecided):
        assert bucket(other).versioned
    assert bucket(other, versioning=[{"enabled": True}]).versioned


def test_a_part_of_another_bucket_with_the_same_name_is_not_taken() -> None:
    mine, twin = resource(BUCKET, {"bucket": "files"}), resource("aws_s3_bucket.twin", {"bucket": "files"})
    own = part("versioning", versioning_configuration=[{"status": "Enabled"}])
    it = graph(mine, twin, own)
    assert Bucket(mine, it).versioned
    assert not Bucket(twin, it).versioned


def test_the_finding_of_a_missing_part_is_at_the_bucket() -> None:
    it = bucket()
    assert it.versioning.missing
    assert it.encryption.missing
    assert it.ownership.missing
    assert it.notification.missing


@pytest.mark.parametrize(
    ("body", "permission", "group", "given"),
    [
        ({"acl": "public-read"}, "READ", EVERYBODY, True),
        ({"acl": "public-read"}, "WRITE", EVERYBODY, False),
        ({"acl": "public-read-write"}, "WRITE", EVERYBODY, True),
        ({"acl": "log-delivery-write"}, "WRITE", LOG_DELIVERY, True),
        ({"acl": "private"}, "READ", EVERYBODY, False),
        ({"grant": [{"uri": "http://acs.amazonaws.com/groups/global/AllUsers", "permissions": ["FULL_CONTROL"]}]}, "READ", EVERYBODY, True),
        ({"grant": [{"id": "c0ffee", "permissions": ["READ"]}]}, "READ", EVERYBODY, False),
    ],
)
def test_grants(body: dict[str, Any], permission: str, group: str, given: bool) -> None:
    assert any(grant.gives(permission, group) for grant in bucket(**body).grants) is given


def test_a_grant_that_is_written_out_in_a_resource_of_its_own() -> None:
    grantee = [{"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AllUsers"}]
    acl = part("acl", access_control_policy=[{"grant": [{"permission": "READ_ACP", "grantee": grantee}]}])
    assert [grant.gives("READ_ACP", EVERYBODY) for grant in bucket(acl).grants] == [True]
    assert [grant.gives("READ", EVERYBODY) for grant in grants(acl)] == [False]


def test_an_unknown_list_is_open() -> None:
    it = bucket(acl={"$unknown": "var.acl"})
    with pytest.raises(Undecided):
        it.grants[0].gives("READ", EVERYBODY)


def test_public_lists_are_ignored_by_the_bucket_or_the_account() -> None:
    acl = part("acl", acl="public-read")
    own = bucket(acl, part("public_access_block", ignore_public_acls=True))
    account = bucket(acl, resource("aws_s3_account_public_access_block.all", {"ignore_public_acls": True}))
    assert lists_ignored(own.resource, own.graph)
    assert lists_ignored(acl, own.graph)
    assert lists_ignored(account.resource, account.graph)
    assert not lists_ignored(acl, bucket(acl, part("public_access_block", block_public_acls=True)).graph)


def test_the_bucket_that_a_part_names() -> None:
    it = resource(BUCKET, {"bucket": "files"})
    by_ref, by_name = part("acl"), resource("aws_s3_bucket_acl.n", {"bucket": "files"})
    other, open_ = resource("aws_s3_bucket_acl.o", {"bucket": "else"}), resource("aws_s3_bucket_acl.u", {"bucket": {"$unknown": "?"}})
    whole = graph(it, by_ref, by_name, other, open_)
    assert named_bucket(by_ref, whole) == Bucket(it, whole)
    assert named_bucket(by_name, whole) == Bucket(it, whole)
    assert named_bucket(other, whole) is None
    with pytest.raises(Undecided):
        named_bucket(open_, whole)


def test_lifecycle_rules_in_both_vocabularies() -> None:
    old = bucket(
        lifecycle_rule=[{"enabled": True, "abort_incomplete_multipart_upload_days": 7, "noncurrent_version_expiration": [{"days": 3}]}]
    )
    new = bucket(
        part(
            "lifecycle_configuration",
            rule=[
                {
                    "status": "Enabled",
                    "abort_incomplete_multipart_upload": [{"days_after_initiation": 7}],
                    "noncurrent_version_expiration": [{"noncurrent_days": 3}],
                }
            ],
        )
    )
    for rule in (*old.lifecycle, *new.lifecycle):
        assert (rule.enabled, rule.unfinished_uploads.number, rule.old_versions.number, rule.whole_bucket) == (True, 7, 3, True)


@pytest.mark.parametrize("narrow", [{"prefix": "tmp/"}, {"filter": [{"prefix": "tmp/"}]}, {"filter": [{"and": [{"tags": {"a": "b"}}]}]}])
def test_a_rule_for_some_objects_is_not_for_the_whole_bucket(narrow: dict[str, Any]) -> None:
    (rule,) = bucket(part("lifecycle_configuration", rule=[{"status": "Enabled", **narrow}])).lifecycle
    assert not rule.whole_bucket


@pytest.mark.parametrize(
    ("effect", "value", "asks"),
    [("Deny", "false", True), ("Allow", "true", True), ("Allow", "false", False), ("Deny", "true", False)],
)
def test_policies_that_ask_for_tls(effect: str, value: str, asks: bool) -> None:
    statement = {"Effect": effect, "Principal": "*", "Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": value}}}
    it = bucket(part("policy", policy={"Statement": [statement]}))
    assert asks_for_tls(it.statements) is asks


def test_a_bucket_that_takes_logs() -> None:
    assert bucket(acl="log-delivery-write").takes_logs
    assert bucket(resource("aws_s3_bucket_logging.x", {"bucket": "else", "target_bucket": OF_BUCKET})).takes_logs
    assert not bucket().takes_logs


# -- data events


@pytest.mark.parametrize(
    ("kind", "values", "access", "found"),
    [
        ("All", ["arn:aws:s3"], "ReadOnly", True),
        ("All", ["arn:aws:s3:::"], "WriteOnly", True),
        ("WriteOnly", ["arn:aws:s3"], "ReadOnly", False),
        ("All", ["arn:aws:s3:::files/"], "ReadOnly", True),
        ("All", ["arn:aws:s3:::files"], "ReadOnly", False),
        ("All", ["arn:aws:s3:::else/"], "ReadOnly", False),
    ],
)
def test_data_events(kind: str, values: list[str], access: Any, found: bool) -> None:
    selector = {"read_write_type": kind, "data_resource": [{"type": "AWS::S3::Object", "values": values}]}
    it = bucket(resource("aws_cloudtrail.t", {"event_selector": [selector]}))
    assert recorded(it.resource, it.graph, access) is found


def test_data_events_by_field_selectors() -> None:
    fields = [{"field": "eventCategory", "equals": ["Data"]}, {"field": "resources.type", "equals": ["AWS::S3::Object"]}]
    reads = [*fields, {"field": "readOnly", "equals": ["true"]}]
    it = bucket(resource("aws_cloudtrail.t", {"advanced_event_selector": [{"field_selector": reads}]}))
    assert recorded(it.resource, it.graph, "ReadOnly")
    assert not recorded(it.resource, it.graph, "WriteOnly")


# -- databases


@pytest.mark.parametrize(
    ("address", "body", "engine", "aurora"),
    [
        ("aws_db_instance.d", {"engine": "postgres"}, "postgres", False),
        ("aws_db_instance.d", {}, "", False),
        ("aws_rds_cluster.d", {"engine": "aurora-postgresql"}, "postgres", True),
        ("aws_rds_cluster.d", {"engine": "aurora-mysql"}, "mysql", True),
        ("aws_rds_cluster.d", {"engine": "mysql"}, "mysql", False),
        ("aws_rds_cluster.d", {}, "mysql", True),
    ],
)
def test_engines(address: str, body: dict[str, Any], engine: str, aurora: bool) -> None:
    it = Database(resource(address, body), graph())
    assert (it.engine, it.aurora) == (engine, aurora)


def test_parameters_of_the_group_that_a_database_names() -> None:
    group = resource("aws_db_parameter_group.g", {"name": "own", "parameter": [{"name": "rds.force_ssl", "value": "1"}]})
    database = resource("aws_db_instance.d", {"engine": "postgres", "parameter_group_name": {"$ref": "aws_db_parameter_group.g#name"}})
    found = Database(database, graph(group, database)).parameter("rds.force_ssl")
    assert found is not None
    assert found.text == "1"
    assert Database(database, graph(group, database)).parameter("log_statement") is None


@pytest.mark.parametrize("name", [None, "default.postgres16"])
def test_default_groups_set_nothing(name: str | None) -> None:
    database = resource("aws_db_instance.d", {"parameter_group_name": name})
    assert Database(database, graph(database)).parameter_group is None


def test_a_group_that_is_not_in_sight_leaves_its_parameters_open() -> None:
    database = resource("aws_db_instance.d", {"parameter_group_name": "own"})
    with pytest.raises(Undecided):
        Database(database, graph(database)).parameter("rds.force_ssl")


def test_an_unknown_parameter_may_be_the_one() -> None:
    group = resource("aws_db_parameter_group.g", {"parameter": [{"$many": "var.parameters"}, {"name": "a", "value": "1"}]})
    assert (found := parameter(group, "a")) is not None
    assert found.text == "1"
    with pytest.raises(Undecided):
        parameter(group, "b")


def test_members_of_a_cluster() -> None:
    cluster = resource("aws_rds_cluster.c", {"cluster_identifier": "shop"})
    one = resource("aws_rds_cluster_instance.one", {"cluster_identifier": {"$ref": "aws_rds_cluster.c#id"}})
    two = resource("aws_rds_cluster_instance.two", {"cluster_identifier": "shop"})
    lost = resource("aws_rds_cluster_instance.lost", {"cluster_identifier": {"$unknown": "var.cluster"}})
    assert set(Database(cluster, graph(cluster, one, two)).members) == {one, two}
    with pytest.raises(Undecided):
        assert Database(cluster, graph(cluster, one, lost)).members


def test_sizes_of_classes() -> None:
    sizes = [instance_size(f"db.r6g.{size}") for size in ("large", "xlarge", "2xlarge", "4xlarge")]
    assert sizes == [8, 16, 32, 64]
    assert instance_size("db.serverless") is None
    assert instance_size("db.r6g.metal-24xlarge") is None


@pytest.mark.parametrize(
    ("name", "gib"),
    [
        ("db.t4g.micro", 1),
        ("db.t3.medium", 4),
        ("db.m6g.large", 8),
        ("db.m5d.xlarge", 16),
        ("db.r6g.2xlarge", 64),
        ("db.r7i.large", 16),
        ("db.x2g.large", 32),
        ("db.serverless", None),
    ],
)
def test_memory_of_classes(name: str, gib: int | None) -> None:
    assert instance_memory(name) == (None if gib is None else gib * 1024**3)


@pytest.mark.parametrize(
    ("tags", "other"),
    [({"Environment": "dev"}, True), ({"env": "Test"}, True), ({"Environment": "prod"}, False), ({"Name": "dev"}, False), ({}, False)],
)
def test_tags_that_say_nobody_depends_on_it(tags: dict[str, str], other: bool) -> None:
    assert non_production(resource("aws_db_instance.d", {"tags": tags})) is other


# -- backups


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        ({"resources": [{"$ref": "aws_dynamodb_table.t#arn"}]}, True),
        ({"resources": ["*"]}, True),
        ({"resources": ["arn:aws:dynamodb:*:*:table/*"]}, True),
        ({"resources": ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders"]}, True),
        ({"resources": ["arn:aws:dynamodb:eu-west-1:111122223333:table/carts"]}, False),
        ({"resources": ["arn:aws:rds:*:*:db:*"]}, False),
        ({"resources": ["*"], "not_resources": [{"$ref": "aws_dynamodb_table.t#arn"}]}, False),
        ({"selection_tag": [{"key": "Backup", "value": "daily"}]}, True),
        ({"selection_tag": [{"key": "backup", "value": "daily"}]}, False),
        ({"resources": ["*"], "condition": [{"string_equals": [{"key": "aws:ResourceTag/Backup", "value": "weekly"}]}]}, False),
    ],
)
def test_selections(selection: dict[str, Any], taken: bool) -> None:
    table = resource("aws_dynamodb_table.t", {"name": "orders", "tags": {"Backup": "daily"}})
    assert backed_up(table, graph(table, resource("aws_backup_selection.s", selection))) is taken


def test_unknown_tags_leave_a_selection_open() -> None:
    table = resource("aws_dynamodb_table.t", {"name": "orders", "tags": {"$unknown": "var.tags"}})
    selection = resource("aws_backup_selection.s", {"selection_tag": [{"key": "Backup", "value": "daily"}]})
    with pytest.raises(Undecided):
        backed_up(table, graph(table, selection))


# -- tables, keys, providers


def test_scaling_targets_of_a_table_and_of_its_index() -> None:
    table = resource("aws_dynamodb_table.t", {"name": "orders"})
    of_table = resource("aws_appautoscaling_target.t", {"resource_id": "table/orders"})
    of_index = resource("aws_appautoscaling_target.i", {"resource_id": "table/orders/index/by-date"})
    assert provisioned(table.body)
    assert scaled(table, graph(table, of_table), "table/{}")
    assert not scaled(table, graph(table, of_index), "table/{}")
    assert scaled(table, graph(table, of_index), "table/{}/index/by-date")
    assert not scaled(table, graph(table), "table/{}")


@pytest.mark.parametrize(
    ("key", "lacks"),
    [
        (None, True),
        ("", True),
        ("alias/aws/rds", True),
        ("arn:aws:kms:eu-west-1:111122223333:alias/aws/rds", True),
        ("alias/data", False),
        ({"$ref": "aws_kms_key.k#arn"}, False),
    ],
)
def test_keys_of_ones_own(key: Any, lacks: bool) -> None:
    assert lacks_own_key(resource("aws_db_instance.d", {"kms_key_id": key}).at("kms_key_id")) is lacks


@pytest.mark.parametrize(("version", "major"), [("~> 6.2", 6), (">= 5.0, < 6.0", 5), ("5.31.0", 5), ("~>4", 4), (None, None)])
def test_the_release_of_a_provider(version: str | None, major: int | None) -> None:
    settings = resource("terraform", {"required_providers": {"aws": {"version": version}}})
    assert provider_major(graph(settings)) == major
