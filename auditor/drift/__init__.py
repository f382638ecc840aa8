"""Drift between the facets: code, plan, state and cloud."""

from auditor.drift.detect import Drift, detect
from auditor.drift.pair import Twin, names, pair

__all__ = ["Drift", "Twin", "detect", "names", "pair"]
