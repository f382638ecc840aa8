"""Amazon EKS: node groups, what their nodes can hold, and what makes more of them."""
