"""Starts CX Desk: the window, or the terminal's commands if any were given."""
