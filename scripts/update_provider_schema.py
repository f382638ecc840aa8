"""Write the tables of `auditor/loaders/provider_schemas` from what Terraform says of its providers.

In a directory whose configuration requires the provider, and after `terraform init`:

    terraform providers schema -json > schema.json
    terraform version -json > version.json
    python scripts/update_provider_schema.py schema.json version.json

One text file for each provider. The first line names the format and the offset of the index, the second the provider. Then
one line for each distinct block or object type, its parts separated by tabs: an attribute is `name flags type`, a nested
block `name nesting min max block`, a member of an object type `name type`. Flags: r required, o optional, c computed,
s sensitive, d deprecated, w write-only. Types: s string, n number, b bool, d dynamic; L, S, M and a type for lists, sets and
maps; @, the offset of its line and ; for an object; T and types in parentheses for a tuple. Offsets are hexadecimal and count
bytes. The index has a line `kind version block` for each resource type, `data.` before data sources, and `provider` for the
provider's own block.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "auditor" / "loaders" / "provider_schemas"
FLAGS = (("r", "required"), ("o", "optional"), ("c", "computed"), ("s", "sensitive"), ("d", "deprecated"), ("w", "write_only"))
SCALARS = {"string": "s", "number": "n", "bool": "b", "dynamic": "d"}
COLLECTIONS = {"list": "L", "set": "S", "map": "M"}
HEADER = "auditor provider schema 1 index {:08x}\n"


class Table:
    """The lines written so far, each distinct line once."""

    def __init__(self, title: str) -> None:
        self.lines: list[str] = [HEADER.format(0), f"{title}\n"]
        self.size = sum(len(line) for line in self.lines)
        self.offsets: dict[str, int] = {}

    def line(self, parts: list[str]) -> str:
        """The offset of the line with these parts, written now if it is new."""
        text = "\t".join(parts) + "\n"
        assert text.isascii()
        if text not in self.offsets:
            self.offsets[text] = self.size
            self.lines.append(text)
            self.size += len(text)
        return f"{self.offsets[text]:x}"

    def type(self, of: Any) -> str:
        """The letters of a type."""
        if isinstance(of, str):
            return SCALARS[of]
        match of[0]:
            case "object":
                return f"@{self.line([f'{name} {self.type(member)}' for name, member in sorted(of[1].items())])};"
            case "tuple":
                return f"T({''.join(self.type(item) for item in of[1])})"
            case collection:
                return COLLECTIONS[collection] + self.type(of[1])

    def block(self, block: dict[str, Any]) -> str:
        """The offset of a block."""
        parts = []
        for name, attribute in sorted(block.get("attributes", {}).items()):
            flags = "".join(flag for flag, word in FLAGS if attribute.get(word))
            parts.append(f"{name} {flags or '-'} {self.type(attribute['type'])}")
        for name, nested in sorted(block.get("block_types", {}).items()):
            limits = f"{nested.get('min_items', 0)} {nested.get('max_items', 0)}"
            parts.append(f"{name} {nested['nesting_mode']} {limits} {self.block(nested['block'])}")
        return self.line(parts)


def encode(title: str, provider: dict[str, Any]) -> str:
    """The table of one provider."""
    table = Table(title)
    blocks = {"provider": provider.get("provider", {})}
    blocks |= provider.get("resource_schemas", {})
    blocks |= {f"data.{kind}": schema for kind, schema in provider.get("data_source_schemas", {}).items()}
    index = [f"{kind} {schema.get('version', 0)} {table.block(schema.get('block', {}))}\n" for kind, schema in sorted(blocks.items())]
    table.lines[0] = HEADER.format(table.size)
    return "".join(table.lines + index)


def main(schema: str, version: str) -> None:
    """Write the tables of the providers in two documents of Terraform."""
    versions = json.loads(Path(version).read_text())
    for source, provider in json.loads(Path(schema).read_text())["provider_schemas"].items():
        number = versions.get("provider_selections", {}).get(source, versions["terraform_version"])
        name = source.rsplit("/", 1)[-1]
        (TARGET / f"{name}.txt").write_text(encode(f"{source} {number}", provider), encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
