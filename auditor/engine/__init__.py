"""The engine: finds rule files, reads their pages, evaluates them over a graph, and applies suppressions and baselines."""
