"""Sections to a formatted workbook: laid out as a value, written, read back and compared."""
