"""Dockerfiles as rules see them: stages and instructions, what the commands in them run, and images."""
