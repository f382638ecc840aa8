"""Audit infrastructure configuration, detect drift, and explain what is wrong and why."""

__version__ = "0.1.0"
