"""From blocks to something people see: figures, workbooks, CSV, the clipboard."""
