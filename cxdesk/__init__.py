"""CX Desk: open a survey file, see what customers said, hand over an Excel report."""

__version__ = "0.3.0"
