"""The state that an apply of evaluated Terraform would leave: what refers to resources becomes their ids, and nothing remembers where it came from."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from auditor.model.address import Address
from auditor.model.graph import Graph
from auditor.model.resource import Facet, Resource
from auditor.model.value import MISSING, Ref, Unknown, Value
from auditor.views.provider import provider_major

ACCOUNT, REGION = "111122223333", "eu-central-1"

_ID_IS_ARN = {
    "aws_acm_certificate", "aws_alb", "aws_alb_listener", "aws_alb_target_group", "aws_ecs_cluster", "aws_ecs_service", "aws_iam_policy", "aws_lb", "aws_lb_listener",
    "aws_lb_listener_rule", "aws_lb_target_group", "aws_secretsmanager_secret", "aws_sfn_state_machine", "aws_sns_topic", "aws_codecommit_repository",
}  # fmt: skip
_NAMED_BY = {
    "aws_s3_bucket": "bucket", "aws_lambda_function": "function_name", "aws_autoscaling_group": "name", "aws_iam_role": "name", "aws_iam_user": "name", "aws_iam_group": "name",
    "aws_iam_instance_profile": "name", "aws_db_instance": "identifier", "aws_rds_cluster": "cluster_identifier", "aws_cloudwatch_log_group": "name", "aws_dynamodb_table": "name",
    "aws_db_subnet_group": "name", "aws_db_parameter_group": "name", "aws_rds_cluster_parameter_group": "name", "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_cloudwatch_event_rule": "name", "aws_eks_cluster": "name", "aws_elasticache_replication_group": "replication_group_id", "aws_ecr_repository": "name",
    "aws_cloudwatch_log_metric_filter": "name", "aws_elasticache_parameter_group": "name", "aws_launch_configuration": "name", "aws_db_proxy": "name",
}  # fmt: skip
"""Whose `id` is an attribute that people write; AWS makes a name where they do not."""

_ARNS = {
    "aws_iam_role": ("iam::{account}:role/{key}", "name"),
    "aws_iam_user": ("iam::{account}:user/{key}", "name"),
    "aws_iam_policy": ("iam::{account}:policy/{key}", "name"),
    "data.aws_iam_policy": ("iam::aws:policy/{key}", "name"),
    "aws_s3_bucket": ("s3:::{key}", "bucket"),
    "aws_sqs_queue": ("sqs:{region}:{account}:{key}", "name"),
    "aws_sns_topic": ("sns:{region}:{account}:{key}", "name"),
    "aws_lambda_function": ("lambda:{region}:{account}:function:{key}", "function_name"),
    "aws_kms_key": ("kms:{region}:{account}:key/{key}", ""),
    "aws_dynamodb_table": ("dynamodb:{region}:{account}:table/{key}", "name"),
    "aws_cloudwatch_log_group": ("logs:{region}:{account}:log-group:{key}", "name"),
    "aws_cloudwatch_event_rule": ("events:{region}:{account}:rule/{key}", "name"),
    "aws_ecr_repository": ("ecr:{region}:{account}:repository/{key}", "name"),
    "aws_ecs_service": ("ecs:{region}:{account}:service/main/{key}", "name"),
    "aws_secretsmanager_secret": ("secretsmanager:{region}:{account}:secret:{key}-AbCdEf", "name"),
    "aws_cloudwatch_metric_alarm": ("cloudwatch:{region}:{account}:alarm:{key}", "alarm_name"),
    "aws_lb": ("elasticloadbalancing:{region}:{account}:loadbalancer/app/{key}/50dc6c495c0c9188", "name"),
    "aws_alb": ("elasticloadbalancing:{region}:{account}:loadbalancer/app/{key}/50dc6c495c0c9188", "name"),
    "aws_lb_target_group": ("elasticloadbalancing:{region}:{account}:targetgroup/{key}/73e2d6bc24d8a067", "name"),
    "aws_alb_target_group": ("elasticloadbalancing:{region}:{account}:targetgroup/{key}/73e2d6bc24d8a067", "name"),
}
"""Kind -> its ARN behind the partition, and the attribute that it ends in."""
_LOOKED_UP = {
    ("data.aws_caller_identity", "account_id"): ACCOUNT,
    ("data.aws_partition", "partition"): "aws",
    ("data.aws_region", "name"): REGION,
    ("data.aws_region", "region"): REGION,
}
_RDS, _CACHE, _ELB = f"abcdefghijkl.{REGION}.rds.amazonaws.com", "abc123.ng.0001.euc1.cache.amazonaws.com", f"{REGION}.elb.amazonaws.com"
_HOSTS = {
    ("aws_db_instance", "address"): f"{{host}}.{_RDS}",
    ("aws_db_instance", "endpoint"): f"{{host}}.{_RDS}:5432",
    ("aws_rds_cluster", "endpoint"): f"{{host}}.cluster-{_RDS}",
    ("aws_rds_cluster", "reader_endpoint"): f"{{host}}.cluster-ro-{_RDS}",
    ("aws_rds_cluster_instance", "endpoint"): f"{{host}}.{_RDS}",
    ("aws_db_proxy", "endpoint"): f"{{host}}.proxy-{_RDS}",
    ("aws_elasticache_replication_group", "primary_endpoint_address"): f"master.{{host}}.{_CACHE}",
    ("aws_elasticache_replication_group", "reader_endpoint_address"): f"replica.{{host}}.{_CACHE}",
    ("aws_elasticache_replication_group", "configuration_endpoint_address"): f"clustercfg.{{host}}.{_CACHE}",
    ("aws_elasticache_cluster", "cache_nodes"): f"{{host}}.{_CACHE.replace('ng.', '')}",
    ("aws_lb", "dns_name"): f"{{host}}-1234567890.{_ELB}",
    ("aws_alb", "dns_name"): f"{{host}}-1234567890.{_ELB}",
    ("aws_cloudfront_distribution", "domain_name"): "d{host}.cloudfront.net",
    ("aws_lambda_function_url", "function_url"): f"https://{{host}}.lambda-url.{REGION}.on.aws/",
    ("aws_apigatewayv2_api", "api_endpoint"): f"https://{{host}}.execute-api.{REGION}.amazonaws.com",
    ("aws_lambda_function", "invoke_arn"): f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{{arn}}/invocations",
}
"""(kind, attribute) -> how AWS calls the place where a resource answers."""
_SAME_AS_ID = {"aws_route53_zone": "zone_id", "aws_kms_key": "key_id", "aws_eip": "allocation_id"}


class Twin:
    """The state of one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.asked: dict[Address, set[str]] = defaultdict(set)
        """The attributes that others are made from: a state has them, whoever computed them."""
        for edge in graph.edges:
            for ref in edge.because.refs:
                self.asked[ref.address].add(ref.attribute.partition(".")[0].partition("[")[0])

    def document(self) -> str:
        """The state file, format 4."""
        entries: dict[tuple[str, str, str, str], list[dict[str, Any]]] = defaultdict(list)
        for resource in self.graph.resources:
            if (
                resource.facet is not Facet.WRITTEN
                or "." not in resource.address.text
                or not resource.kind.startswith(("aws_", "data.aws_"))
            ):
                continue
            module, mode, name, key = _parts(resource)
            instance: dict[str, Any] = {"schema_version": 0, "attributes": self.attributes(resource)}
            if key:
                instance["index_key"] = "?" if key == "*" else json.loads(key)
            entries[module, mode, resource.kind.removeprefix("data."), name].append(instance)
        resources = [
            {**({"module": module} if module else {}), "mode": mode, "type": kind, "name": name, "provider": "", "instances": instances}
            for (module, mode, kind, name), instances in entries.items()
        ]
        state = {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "twin", "outputs": {}, "resources": resources}
        return json.dumps(state, indent=1)

    def attributes(self, resource: Resource) -> dict[str, Any]:
        """What the state holds of a resource."""
        found = {name: self.plain(value) for name, value in _items(resource.body.value_)}
        found = {name: value for name, value in found.items() if value is not MISSING}
        if resource.kind == "aws_redshift_cluster":  # whose default the provider changed
            found.setdefault("publicly_accessible", (provider_major(self.graph) or 0) < 6)
        if resource.kind == "aws_s3_bucket":  # whose ARN does not tell it
            found.setdefault("region", self.region(resource))
        if resource.kind == "aws_elasticache_cluster":
            found.setdefault("cache_nodes", [{"address": self.attribute(resource, "cache_nodes")}])
        named = _NAMED_BY.get(resource.kind) or ("name" if resource.body.at("name").unknown else "id")
        base = (
            Address(resource.address.scheme, resource.address.text.rpartition("[")[0])
            if resource.address.text.endswith("]")
            else resource.address
        )
        for name in sorted({"id", "arn", named} | self.asked[resource.address] | self.asked[base] - {""}):
            if name and found.get(name) is None:  # what is written stands: the `arn` of a target is that of another resource
                found[name] = self.attribute(resource, name)
        return found

    def region(self, resource: Resource) -> str:
        """The region of the provider that makes a resource."""
        name = resource.meta.at("provider").data
        found = [it.at("region").data for it in self.graph.of("provider.aws") if it.address.text == f"provider.{name}"]
        return found[0] if found and isinstance(found[0], str) else REGION

    def plain(self, value: Value) -> Any:
        """A value as the state has it; MISSING for what nobody can say."""
        data: Any = value.data
        if isinstance(data, Unknown):
            item = data.tree is None and not data.parts and len(value.marks.refs) == 1 and value.marks.refs[0].attribute.endswith("]")
            return self.of(value.marks.refs[0]) if item else self.text(data)
        if isinstance(data, list):
            return [item for item in map(self.plain, data) if item is not MISSING]
        if data is MISSING:
            return MISSING
        if hasattr(data, "items"):
            return {key: made for key, item in data.items() if (made := self.plain(item)) is not MISSING}
        return data if isinstance(data, str | int | bool | None) else float(data)

    def text(self, unknown: Unknown) -> Any:
        """What an unknown becomes once the resources that it is made of exist."""
        if unknown.tree is not None:
            return json.dumps(self.plain(unknown.tree))
        texts = [part if isinstance(part, str) else self.of(part) if part else None for part in unknown.parts]
        if not texts or any(text is None for text in texts):
            return MISSING
        return texts[0] if len(texts) == 1 else "".join(map(str, texts))

    def of(self, ref: Ref) -> Any:
        """The attribute that a reference names, once it is there."""
        found = self.graph.find(ref.address)
        if not found:
            return None
        return self.attribute(found[0], ref.attribute) if ref.attribute else None

    def attribute(self, resource: Resource, name: str) -> Any:
        """An attribute of a resource, what the provider computes included."""
        node = resource.body.at(name)
        if not node.unknown and node.present:
            return self.plain(node.value_)
        label = "-".join(resource.address.text.replace('"', "").replace("[", ".").replace("]", "").split("."))
        service = resource.kind.removeprefix("data.").split("_")[1]
        arn = f"arn:aws:{service}:{self.region(resource)}:{ACCOUNT}:{resource.kind}/{label}"
        if resource.kind in _ARNS:
            form, key = _ARNS[resource.kind]
            arn = "arn:aws:" + form.format(
                region=REGION, account=ACCOUNT, key=self.attribute(resource, key) if key not in ("", name) else label
            )
        if name == "arn" or (name == "id" and resource.kind in _ID_IS_ARN):
            return arn
        if name in ("id", "bucket", "name", "identifier") and resource.kind in _NAMED_BY and name != _NAMED_BY[resource.kind]:
            return self.attribute(resource, _NAMED_BY[resource.kind])
        if (resource.kind, name) in _LOOKED_UP:
            return _LOOKED_UP[resource.kind, name]
        if name == _SAME_AS_ID.get(resource.kind):
            return label
        if name == "arn_suffix":
            return arn.rpartition(":")[2].removeprefix("loadbalancer/")
        if (resource.kind, name) == ("aws_route53_record", "fqdn"):
            return self.full_name(resource)
        if host := _HOSTS.get((resource.kind, name.partition("[")[0])):
            return host.format(host=label.replace("_", "-").replace(".", "-").lower(), arn=arn)
        if resource.kind == "aws_s3_bucket" and name in ("bucket_domain_name", "bucket_regional_domain_name"):
            return f"{self.attribute(resource, 'bucket')}.s3.{REGION}.amazonaws.com"
        if resource.kind == "aws_sqs_queue" and name in ("id", "url"):
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self.attribute(resource, 'name')}"
        return f"{label}-{name}" if name != "id" else label

    def full_name(self, record: Resource) -> Any:
        """The name of a record with that of its zone, which people may leave out."""
        name = self.attribute(record, "name")
        for zone in self.graph.targets(record.at("zone_id"), "aws_route53_zone", "data.aws_route53_zone"):
            domain = str(self.attribute(zone, "name")).rstrip(".")
            return name if name == domain or name.endswith(f".{domain}") else f"{name}.{domain}".lstrip(".")
        return name


def _items(value: Value) -> list[tuple[str, Value]]:
    data: Any = value.data
    return list(data.items())


def _parts(resource: Resource) -> tuple[str, str, str, str]:
    """(module, mode, name, key as JSON)."""
    text, key = resource.address.text, ""
    if text.endswith("]"):
        head, _, tail = text.rpartition("[")
        text, key = head, tail[:-1]
    steps = text.split(".")
    mode = "data" if resource.kind.startswith("data.") else "managed"
    module = ".".join(steps[: -(3 if mode == "data" else 2)])
    return module, mode, steps[-1], key
