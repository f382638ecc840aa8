"""Network reachability: which packets get from one interface to another, or from the internet, and what stops the others.

`packets` is the algebra of packet sets, and knows no cloud; `bounds` adds what is not known. `vpc`, `subnet`, `table`, `acl`, `groups` and
`interface` are the topology that a graph declares; `walk` follows a packet through it, and `flow`, `exposure` and `chain` are the questions
that rules and commands ask.
"""
