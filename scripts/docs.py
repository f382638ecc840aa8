"""Write the manual: the guide, the decisions, and the pages of all rules, which are generated and never committed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from auditor.app import rules

TOP = Path(__file__).resolve().parent.parent


def main(target: Path) -> None:
    """Fill the folder `target` anew."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(TOP / "docs", target)
    pages = target / "rules"
    pages.mkdir()
    found = rules.load(rules.Choice())
    lines = ["# Rules", "", "| rule | severity | what it finds |", "|---|---|---|"]
    for rule in found:
        (pages / f"{rule.id}.md").write_text(rules.manual(rule), "utf-8")
        lines.append(f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.summary} |")
    (pages / "index.md").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(found)} rules in {pages}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
