"""What several formats share: entries, snippets, summary, prose, and the two guards against what was scanned."""
