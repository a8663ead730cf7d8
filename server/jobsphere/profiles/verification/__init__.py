"""How contractors prove who they are and what they may do."""
