"""Types of expressions: what each context holds at each place of a workflow, and what an expression may do with it."""
