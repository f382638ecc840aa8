"""What is GitLab's own: the language of its rules, what it predefines."""
