"""Option settings of Elastic Beanstalk environments: a list of namespace, name and value."""

from __future__ import annotations

from auditor.model.node import Node


def option(environment: Node, namespace: str, name: str) -> Node:
    """The value of an option; missing when the environment does not set it. Raises `Undecided` when a setting that may be it is unknown."""
    for setting in environment.each("setting"):
        if setting.at("namespace").text == namespace and setting.at("name").text == name:
            return setting.at("value")
    return environment.at("none_such_setting")
