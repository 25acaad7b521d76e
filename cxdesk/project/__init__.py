"""The person's state and what can be done with it, without a window."""
