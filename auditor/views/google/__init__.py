"""Views of Google Cloud resources, as the `google` provider writes them."""
