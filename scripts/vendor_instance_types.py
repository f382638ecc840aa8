"""Write the EC2 instance types to auditor/views/instance_type.json, from the answers of the EC2 API that the package moto carries.

python scripts/vendor_instance_types.py        (needs: pip install moto)
"""

from __future__ import annotations

import gzip
import importlib
import importlib.metadata
import importlib.resources
import json
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "auditor/views/instance_type.json"
COLUMNS = [
    "memory_mib",
    "vcpus",
    "interfaces",
    "ipv4_per_interface",
    "architectures",
    "burstable",
    "nitro",
    "baseline_iops",
    "maximum_iops",
    "baseline_mb_s",
    "maximum_mb_s",
]


def row(found: dict[str, Any]) -> list[Any]:
    """What is kept of one type, in the order of `COLUMNS`.

    The interfaces are those of the default network card: pods and most software use no other.
    """
    network = found["NetworkInfo"]
    card = next(card for card in network["NetworkCards"] if card["NetworkCardIndex"] == network["DefaultNetworkCardIndex"])
    ebs = found["EbsInfo"].get("EbsOptimizedInfo", {})
    nitro = found.get("Hypervisor") == "nitro" or found["EbsInfo"].get("NvmeSupport") == "required"
    return [
        found["MemoryInfo"]["SizeInMiB"],
        found["VCpuInfo"]["DefaultVCpus"],
        card["MaximumNetworkInterfaces"],
        network["Ipv4AddressesPerInterface"],
        [name for name in found["ProcessorInfo"]["SupportedArchitectures"] if name != "i386"],
        int(found["BurstablePerformanceSupported"]),
        int(nitro),
        *(ebs.get(name) for name in ("BaselineIops", "MaximumIops", "BaselineThroughputInMBps", "MaximumThroughputInMBps")),
    ]


def table() -> str:
    """The file's text, a type a line."""
    packed = (importlib.resources.files("moto") / "ec2/resources/instance_types.json.gz").read_bytes()
    types = json.loads(gzip.decompress(packed))
    documents = json.loads(importlib.import_module("moto.iam.aws_managed_policies").aws_managed_policies_data)
    head = {
        "origin": f"DescribeInstanceTypes of EC2, as carried by moto {importlib.metadata.version('moto')}",
        "licence": "Apache-2.0",
        "date": max(document["UpdateDate"] for document in documents.values())[:10],  # the newest date in the same release
        "columns": COLUMNS,
    }
    lines = [f"{json.dumps(name)}:{json.dumps(row(types[name]), separators=(',', ':'))}" for name in sorted(types)]
    return json.dumps(head)[:-1] + ', "types": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8")
