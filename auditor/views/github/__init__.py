"""What is GitHub's own: expressions, contexts, the syntax of workflows and actions, events, runner labels, known actions."""
