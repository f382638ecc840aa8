"""What Kubernetes makes of its objects: defaults applied, references followed, quantities read.

An absent field means what the API server or the controllers make of it; what cannot be known raises `Undecided`.
"""
