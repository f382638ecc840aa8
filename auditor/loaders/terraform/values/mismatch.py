"""Why a conversion is impossible, in the words that terraform uses."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.loaders.terraform.values.types import DYNAMIC, ListType, MapType, ObjectType, SetType, TupleType, Type, friendly
from auditor.loaders.terraform.values.unify import convertible


def mismatch(got: Type, want: Type) -> str:
    """Why values of `got` cannot be converted to `want`, in words."""
    match got, want:
        case ObjectType(), ObjectType():
            return _mismatched_objects(got, want)
        case TupleType(), ListType(element=element) if element == DYNAMIC:
            return "all list elements must have the same type"
        case TupleType(), SetType(element=element) if element == DYNAMIC:
            return "all set elements must have the same type"
        case ObjectType(), MapType(element=element) if element == DYNAMIC:
            return "all map elements must have the same type"
        case TupleType(), (ListType() | SetType()):
            return _mismatched_parts({str(i): part for i, part in enumerate(got.elements)}, want.element, "element {}: {}")
        case ObjectType(), MapType():
            return _mismatched_parts(got.attributes, want.element, 'element "{}": {}')
        case ((ListType(element=a) | SetType(element=a)), ListType(element=b)):
            return f"incorrect list element type: {mismatch(a, b)}"
        case ((ListType(element=a) | SetType(element=a)), SetType(element=b)):
            return f"incorrect set element type: {mismatch(a, b)}"
        case MapType(element=a), MapType(element=b):
            return f"incorrect map element type: {mismatch(a, b)}"
        case _:
            return f"{friendly(want, constraint=True)} required"


def _mismatched_objects(got: ObjectType, want: ObjectType) -> str:
    missing = [f'"{name}"' for name in want.attributes if name not in got.attributes and name not in want.optional]
    if missing:
        listed = " and ".join(missing) if len(missing) < 3 else ", ".join(missing[:-1]) + ", and " + missing[-1]
        return f"attribute {listed} is required" if len(missing) == 1 else f"attributes {listed} are required"
    for safe in (False, True):
        for name, inner in want.attributes.items():
            if name in got.attributes and not convertible(got.attributes[name], inner, safe=safe):
                return f'attribute "{name}": {mismatch(got.attributes[name], inner)}'
    return "incorrect object attributes"


def _mismatched_parts(parts: Mapping[str, Type], want: Type, template: str) -> str:
    for name, part in parts.items():
        if not convertible(part, want):
            return template.format(name, mismatch(part, want))
    return f"all elements must be {friendly(want, constraint=True)}"
