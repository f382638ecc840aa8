"""TCP ports by what listens there, for rules that tell one exposure from another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SSH: Final = 22
RDP: Final = 3389
WEB: Final = frozenset({80, 443})

DATABASES: Final[Mapping[int, str]] = {
    1433: "SQL Server",
    1434: "SQL Server browser",
    1521: "Oracle",
    2379: "etcd",
    2484: "Oracle over TLS",
    3306: "MySQL",
    5432: "PostgreSQL",
    5984: "CouchDB",
    6379: "Redis",
    7000: "Cassandra",
    8086: "InfluxDB",
    9042: "Cassandra",
    9200: "Elasticsearch",
    9300: "Elasticsearch",
    11211: "Memcached",
    27017: "MongoDB",
    27018: "MongoDB",
    27019: "MongoDB",
}
ADMINISTRATION: Final[Mapping[int, str]] = {
    23: "Telnet",
    512: "rexec",
    513: "rlogin",
    514: "rsh",
    2375: "Docker",
    2376: "Docker over TLS",
    4505: "Salt",
    4506: "Salt",
    5500: "VNC",
    5601: "Kibana",
    5900: "VNC",
    5985: "WinRM",
    5986: "WinRM over TLS",
    8500: "Consul",
    9090: "Prometheus",
    10250: "kubelet",
    10255: "kubelet",
    15672: "RabbitMQ management",
}
FILE_SHARING: Final[Mapping[int, str]] = {
    20: "FTP data",
    21: "FTP",
    69: "TFTP",
    111: "portmapper",
    135: "Windows RPC",
    137: "NetBIOS",
    138: "NetBIOS",
    139: "NetBIOS",
    445: "SMB",
    873: "rsync",
    2049: "NFS",
}
KNOWN: Final = frozenset({SSH, RDP, *WEB, *DATABASES, *ADMINISTRATION, *FILE_SHARING})
