"""What a configuration needs: the actions that a role, or a service, must be allowed for it to work, and who denies them."""
