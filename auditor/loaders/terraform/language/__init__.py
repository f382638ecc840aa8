"""The syntax of Terraform, native and JSON: text to tree, with the place of everything."""
