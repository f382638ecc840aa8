"""On which port a managed database, cache or broker answers: the one that is written, or the engine's own."""

from __future__ import annotations

from typing import Final

from auditor.model.resource import Resource
from auditor.views.decide import given, undecided

_FIXED: Final = {
    "aws_docdb_cluster": 27017,
    "aws_docdb_cluster_instance": 27017,
    "aws_elasticsearch_domain": 443,
    "aws_memorydb_cluster": 6379,
    "aws_msk_cluster": 9094,
    "aws_msk_serverless_cluster": 9098,
    "aws_neptune_cluster": 8182,
    "aws_neptune_cluster_instance": 8182,
    "aws_opensearch_domain": 443,
    "aws_redshift_cluster": 5439,
    "aws_redshiftserverless_workgroup": 5439,
}
_ENGINES: Final = (
    ("aurora-postgresql", 5432),
    ("aurora", 3306),
    ("postgres", 5432),
    ("mysql", 3306),
    ("mariadb", 3306),
    ("oracle", 1521),
    ("custom-oracle", 1521),
    ("sqlserver", 1433),
    ("custom-sqlserver", 1433),
    ("db2", 50000),
    ("memcached", 11211),
    ("redis", 6379),
    ("valkey", 6379),
)
_WITH_ENGINE: Final = {
    "aws_db_instance": "",
    "aws_elasticache_cluster": "",
    "aws_elasticache_replication_group": "redis",
    "aws_elasticache_serverless_cache": "",
    "aws_rds_cluster": "aurora",
    "aws_rds_cluster_instance": "aurora",
}
"""Kinds whose port hangs on the engine, with the engine that they have when none is written."""
MANAGED: Final = " ".join(sorted([*_FIXED, *_WITH_ENGINE]))
"""As a rule's target."""


def database_port(resource: Resource) -> int:
    """Its TCP port; raises `Undecided` when neither port nor engine is known."""
    port = resource.at("port")
    if given(port) and port.number:
        return int(port.number)
    if resource.kind in _FIXED:
        return _FIXED[resource.kind]
    engine = resource.at("engine")
    name = ((engine.text or "") if given(engine) else _WITH_ENGINE.get(resource.kind, "")).lower()
    for start, number in _ENGINES:
        if name.startswith(start):
            return number
    raise undecided(engine, "which port it answers on is not known")
