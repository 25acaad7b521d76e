"""What a finished page is made of: pure values without language, colour, window or workbook."""
