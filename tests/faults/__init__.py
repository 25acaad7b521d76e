"""Saving while the power, the disk or a kill intervenes: at every system call the old or the new file must be whole."""
