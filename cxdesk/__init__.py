"""CX Desk: open a survey file, see what customers said, hand over an Excel report."""
