"""Write the AWS managed policies to auditor/views/iam/aws_managed.jsonl, one a line, from the documents that the package moto carries.

python scripts/vendor_aws_managed.py        (needs: pip install moto)
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "auditor/views/iam/aws_managed.jsonl"


def main() -> None:
    """Write the table: its origin and date in the first line, then the policies by their names."""
    policies = json.loads(importlib.import_module("moto.iam.aws_managed_policies").aws_managed_policies_data)
    head = {
        "origin": f"documents published by AWS, as carried by moto {importlib.metadata.version('moto')} (Apache-2.0)",
        "date": max(policy["UpdateDate"] for policy in policies.values())[:10],
    }
    lines = [{"name": name, "document": policies[name]["Document"]} for name in sorted(policies)]
    TARGET.write_text("".join(_line(entry) for entry in (head, *lines)), encoding="utf-8")


def _line(entry: dict[str, Any]) -> str:
    """A line whose first key stays the first: readers look for the name at its beginning."""
    return json.dumps(entry, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    main()
