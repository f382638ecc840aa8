"""Terraform's built-in functions. A family of them is a module here with a table `FUNCTIONS`; nothing else registers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.loaders.terraform.call import CallContext, Function, OutsideRepository

__all__ = ["FUNCTIONS", "CallContext", "Function", "OutsideRepository"]


class _Functions(Mapping[str, Function]):
    """All functions by name; the families are imported when the first one is asked for."""

    def __init__(self) -> None:
        self._found: dict[str, Function] = {}

    def _all(self) -> dict[str, Function]:
        if not self._found:
            from importlib import import_module
            from pkgutil import iter_modules

            for module in iter_modules(__path__):
                self._found.update(import_module(f"{__name__}.{module.name}").FUNCTIONS)
        return self._found

    def __getitem__(self, name: str) -> Function:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


FUNCTIONS: Mapping[str, Function] = _Functions()
