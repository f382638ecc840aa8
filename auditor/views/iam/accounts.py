"""The accounts that are one's own: the one that a graph is about, and those of its organization."""

from __future__ import annotations

import re
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.views.cache import of_graph
from auditor.views.iam.home import account_in
from auditor.views.iam.request import account_of
from auditor.views.iam.truth import Truth

_ACCOUNT: Final = re.compile(r"(\d{12})|arn:[^:]+:iam::(\d{12}):root")


def account_named(node: Node) -> str:
    """The account that a principal of a policy stands for as a whole; empty where it is none, or nothing is known of it."""
    found = None if node.unknown else _ACCOUNT.fullmatch(node.text or "")
    return (found[1] or found[2]) if found else ""


def own(graph: Graph, account: str) -> Truth:
    """Whether an account is one's own; None where the graph does not tell all that are, so that it may be one of them."""
    known, complete = of_graph(graph, "own accounts", lambda: _known(graph))
    if account in known:
        return True
    return False if complete else None


_TOLD = {
    "aws_organizations_account": ("id",),
    "aws_organizations_organization": ("accounts.id", "non_master_accounts.id", "master_account_id"),
    "data.aws_organizations_organization": ("accounts.id", "non_master_accounts.id", "master_account_id"),
    "provider.aws": ("allowed_account_ids", "assume_role.role_arn"),
}
"""Where accounts of one's own are told."""


def _known(graph: Graph) -> tuple[frozenset[str], bool]:
    """(the accounts, whether no more of them are told)."""
    here = account_in(graph)
    found = {here} - {""}
    complete = bool(here)
    for kind, paths in _TOLD.items():
        for it in graph.of(kind):
            nodes = [node for path in paths for node in it.body.each(path)]
            found.update(_number(node.data) for node in nodes if isinstance(node.data, str))
            missing = not nodes and kind != "provider.aws"  # what the organization tells only once it is there
            complete = complete and not missing and not any(node.unknown for node in nodes)
    return frozenset(found), complete


def _number(text: str) -> str:
    return account_of(text) or text
