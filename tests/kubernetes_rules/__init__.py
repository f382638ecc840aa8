"""Rules of Kubernetes where other tools are wrong."""
