"""An estate of AWS as it is built with care, with faults in it that each stand in one place: these are found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import pytest
import yaml

from auditor.engine import rulebook
from auditor.engine.rule_file import rule_files
from auditor.engine.runner import run
from auditor.links import links
from auditor.loaders import Settings, loaders
from auditor.loaders.files import Files
from auditor.model.finding import Finding
from auditor.model.graph import Graph
from auditor.model.resource import Facet
from auditor.model.rule import Rule, Severity
from tests.conftest import CHECKOUT
from tests.test_state_twins import recorded

ESTATE = CHECKOUT / "fixtures/aws_shop"


@dataclass(frozen=True)
class Fault:
    """What is planted in a file, what would be right, and the (rule, resource) of what is found because of it."""

    file: str
    planted: str
    mended: str
    finds: tuple[tuple[str, str], ...]


FAULTS = (
    Fault(
        "modules/network/acls.tf",
        """  network_acl_id = aws_network_acl.data.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 1024
  to_port        = 65535
  cidr_block     = "10.4.0.0/16" # a digit is missing: the databases hear the question and cannot answer
""",
        """  network_acl_id = aws_network_acl.data.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 1024
  to_port        = 65535
  cidr_block     = var.cidr
""",
        (
            ("aws-network-dependency-blocked-by-acl", "module.events.aws_lambda_function.invoicer"),
            ("aws-network-dependency-blocked-by-acl", "module.web.aws_ecs_service.shop"),
        ),
    ),
    Fault(
        "modules/workers/group.tf",
        """  from_port                    = 8010 # the health checks go to 8001
  to_port                      = 8010
""",
        """  from_port                    = 8001
  to_port                      = 8001
""",
        (("aws-load-balancer-health-check-port-closed", "module.workers.aws_lb_listener.https"),),
    ),
    Fault(
        "modules/backup/main.tf",
        """    value = "Daily" # the tags say "daily"
""",
        """    value = "daily"
""",
        (("aws-backup-selection-takes-nothing", "module.backup.aws_backup_selection.daily"),),
    ),
    Fault(
        "modules/edge/names.tf",
        """  set_identifier  = "shop"
  failover_routing_policy {
    type = "PRIMARY"
  }
  alias {
    name                   = var.balancer_name
    zone_id                = var.balancer_zone
    evaluate_target_health = false # and no health check: nothing ever turns to the standby
  }
""",
        """  set_identifier  = "shop"
  health_check_id = aws_route53_health_check.shop.id
  failover_routing_policy {
    type = "PRIMARY"
  }
  alias {
    name                   = var.balancer_name
    zone_id                = var.balancer_zone
    evaluate_target_health = true
  }
""",
        (("aws-route53-failover-without-health-check", "module.edge.aws_route53_record.shop"),),
    ),
    Fault(
        "modules/workers/group.tf",
        """  default_instance_warmup   = 15 # metrics come every minute
""",
        """  default_instance_warmup   = 180
""",
        (
            ("aws-autoscaling-warm-up-too-short", "module.workers.aws_autoscaling_policy.cpu"),
            ("aws-autoscaling-warm-up-too-short", "module.workers.aws_autoscaling_policy.requests"),
        ),
    ),
    Fault(
        "modules/delivery/main.tf",
        """    resources = ["*"] # any role, to any service
""",
        """    resources = [var.task_role_arn, var.execution_role_arn]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
""",
        (
            ("aws-iam-policy-passes-any-role", "module.delivery.aws_iam_role_policy.deploy"),
            ("aws-iam-policy-passes-role-to-any-service", "module.delivery.aws_iam_role_policy.deploy"),
            ("aws-iam-policy-writes-everywhere", "module.delivery.aws_iam_role_policy.deploy"),
        ),
    ),
    Fault(
        "modules/events/function.tf",
        """    actions   = ["sqs:ReceiveMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"] # and never deletes what it has read
""",
        """    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"]
""",
        (("aws-lambda-role-lacks-permission", "module.events.aws_lambda_event_source_mapping.orders"),),
    ),
    Fault(
        "modules/events/queues.tf",
        """  visibility_timeout_seconds = 45 # the function may take 60
""",
        """  visibility_timeout_seconds = 360
""",
        (("aws-sqs-visibility-shorter-than-function", "module.events.aws_sqs_queue.orders"),),
    ),
    Fault(
        "modules/events/queues.tf",
        """  name                      = "${var.name}-orders-dead"
  message_retention_seconds = 345600 # counted from the day of the order: what fails on the fourth day is gone
""",
        """  name                      = "${var.name}-orders-dead"
  message_retention_seconds = 1209600
""",
        (("aws-sqs-dead-letters-expire-early", "module.events.aws_sqs_queue.orders"),),
    ),
    Fault(
        "modules/events/function.tf",
        """    maximum_concurrency = 100 # of which 20 are reserved
""",
        """    maximum_concurrency = 20
""",
        (("aws-lambda-event-source-outruns-function", "module.events.aws_lambda_event_source_mapping.orders"),),
    ),
    Fault(
        "modules/events/table.tf",
        "{ Read = 20 } # writes stay at 20",
        "{ Read = 20, Write = 20 }",
        (("aws-dynamodb-one-direction-scales", "module.events.aws_dynamodb_table.invoices"),),
    ),
    Fault(
        "modules/data/proxy.tf",
        """    connection_borrow_timeout    = 120 # the function gives up after 60
""",
        """    connection_borrow_timeout    = 5
""",
        (("aws-rds-proxy-borrow-outlasts-caller", "module.data.aws_db_proxy.main"),),
    ),
    Fault(
        "modules/keys/main.tf",
        'identifiers = ["events.amazonaws.com", "sns.amazonaws.com", "backup.amazonaws.com"] # alarms cannot speak to their topic',
        'identifiers = ["events.amazonaws.com", "sns.amazonaws.com", "cloudwatch.amazonaws.com", "backup.amazonaws.com"]',
        (("aws-sns-publisher-cannot-use-key", "module.events.aws_sns_topic.alarms"),),
    ),
    Fault(
        "modules/data/aurora.tf",
        "slice(var.zones, 0, 1)",
        "slice(var.zones, 0, 2)",
        (("aws-rds-cluster-without-reader", "module.data.aws_rds_cluster.main"),),
    ),
    Fault(
        "modules/network/main.tf",
        """  nat_gateway_id         = aws_nat_gateway.main["eu-central-1a"].id # one zone carries all
""",
        """  nat_gateway_id         = aws_nat_gateway.main[each.key].id
""",
        (
            ("aws-vpc-nat-gateway-in-other-zone", 'module.network.aws_subnet.private["eu-central-1b"]'),
            ("aws-vpc-nat-gateway-in-other-zone", 'module.network.aws_subnet.private["eu-central-1c"]'),
            ("aws-vpc-nat-gateway-shared-by-zones", 'module.network.aws_nat_gateway.main["eu-central-1a"]'),
        ),
    ),
    Fault(
        "modules/web/service.tf",
        """      startPeriod = 180 # the balancer gives up on a task long before
""",
        """      startPeriod = 30
""",
        (("aws-ecs-grace-period-too-short", "module.web.aws_ecs_service.shop"),),
    ),
    Fault(
        "modules/web/service.tf",
        '"--timeout-keep-alive", "30"] # the balancer keeps connections for 60',
        '"--timeout-keep-alive", "75"]',
        (("aws-load-balancer-idle-longer-than-keep-alive", "module.web.aws_ecs_service.shop"),),
    ),
    Fault(
        "modules/storage/replication.tf",
        """  # and nothing for the key of the copies
""",
        """  statement {
    actions   = ["kms:Encrypt", "kms:GenerateDataKey"]
    resources = [var.replica_key_arn]
  }
""",
        (("aws-s3-replication-role-lacks-permission", "module.storage.aws_s3_bucket_replication_configuration.documents"),),
    ),
    Fault(
        "modules/data/proxy.tf",
        "max_connections_percent      = 100 # nothing is left for the one who is on call",
        "max_connections_percent      = 80",
        (("aws-rds-proxy-takes-every-connection", "module.data.aws_db_proxy_default_target_group.main"),),
    ),
    Fault(
        "modules/web/load.tf",
        "threshold = 75, change",
        "threshold = 30, change",
        (("aws-application-autoscaling-thresholds-overlap", 'module.web.aws_cloudwatch_metric_alarm.load["in"]'),),
    ),
    Fault(
        "modules/network/tools.tf",
        """# No table of the private subnets knows the way back.
""",
        """resource "aws_route" "to_tools" {
  for_each                  = var.zones
  route_table_id            = aws_route_table.private[each.key].id
  destination_cidr_block    = aws_vpc.tools.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.tools.id
}
""",
        (
            ("aws-vpc-peering-without-way-back", 'module.network.aws_route.from_tools["eu-central-1a"]'),
            ("aws-vpc-peering-without-way-back", 'module.network.aws_route.from_tools["eu-central-1b"]'),
            ("aws-vpc-peering-without-way-back", 'module.network.aws_route.from_tools["eu-central-1c"]'),
        ),
    ),
)


@cache
def _rules() -> tuple[Rule, ...]:
    root = rulebook.builtin_root()
    return tuple(rulebook.load_file(root, path) for path in rule_files(root))


@cache
def _texts() -> Mapping[str, str]:
    return {path.relative_to(ESTATE).as_posix(): path.read_text("utf-8") for path in ESTATE.rglob("*") if path.is_file()}


def _mended(but: Fault | None = None) -> dict[str, str]:
    """The estate without the faults, or with one of them."""
    texts = dict(_texts())
    for fault in FAULTS:
        assert texts[fault.file].count(fault.planted) == 1, fault.planted
        if fault is not but:
            texts[fault.file] = texts[fault.file].replace(fault.planted, fault.mended)
    return texts


def _graph(texts: Mapping[str, str]) -> Graph:
    files = Files.of(dict(texts))
    loadings = [unit.load() for loader in loaders() for unit in loader.units(files, Settings())]
    return Graph([resource for loading in loadings if not loading.context for resource in loading.resources], links())


def _accepted() -> set[tuple[str, str]]:
    """What the estate's configuration accepts."""
    return {(it["rule"], it["resource"]) for it in yaml.safe_load(_texts()["auditor.yaml"])["suppress"]}


def _found(graph: Graph) -> set[tuple[str, str]]:
    """(rule, resource) of the findings above info that are not accepted."""
    findings = [it for it in run(_rules(), graph).findings if it.severity is not Severity.INFO]
    return {_key(it) for it in findings} - _accepted() - {("terraform-lock-file-missing", "terraform")}


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.resource


@pytest.mark.parametrize("fault", FAULTS, ids=[it.finds[0][0] for it in FAULTS])
def test_one_fault_is_found_and_nothing_else(fault: Fault) -> None:
    assert _found(_graph(_mended(fault))) == set(fault.finds)


def test_all_faults_are_found() -> None:
    assert _found(_graph(_texts())) == {it for fault in FAULTS for it in fault.finds}


def test_without_them_nothing_is_found_and_little_is_unsure() -> None:
    results = run(_rules(), graph := _graph(_mended()))
    assert _found(graph) == set()
    # The name of the cluster's issuer is cut out of a value that is not known, so the keys of the role's conditions are not known.
    assert {it.message for it in results.unsure} == {"module.cluster.aws_eks_cluster.main.identity is known only after the apply"}


@pytest.mark.parametrize("texts", [_texts, _mended], ids=["planted", "mended"])
def test_the_state_of_the_estate_tells_the_same(texts: Callable[[], Mapping[str, str]]) -> None:
    rules = [it for it in _rules() if it.id.startswith("aws-") and {Facet.WRITTEN, Facet.RECORDED} <= it.facets]
    graph = _graph(texts())
    told = {_key(it) for it in run(rules, graph).findings}
    remembered = {_key(it) for it in run(rules, recorded(graph)).findings}
    assert not told - remembered
    # The twin leaves out the conditions whose key nobody can tell before the apply.
    assert remembered - told == {("aws-iam-role-trusts-any-web-identity", "module.cluster.aws_iam_role.volumes")}
