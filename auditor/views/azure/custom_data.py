"""The script that a virtual machine gets at its first start: readable by everybody on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.user_data import Script

KINDS: Final = (
    "azurerm_virtual_machine azurerm_linux_virtual_machine azurerm_windows_virtual_machine azurerm_virtual_machine_scale_set "
    "azurerm_linux_virtual_machine_scale_set azurerm_windows_virtual_machine_scale_set"
)
_PLACES: Final = ("custom_data", "user_data", "os_profile.custom_data")


def scripts(resource: Resource, _graph: Graph) -> Iterator[Script]:
    """The scripts of a machine or scale set."""
    for path in _PLACES:
        node = resource.at(path)
        if node.unknown or node.present:
            yield Script(node)
