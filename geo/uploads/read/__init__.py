"""Bytes of a stranger's file to rows of cells: in a worker, behind one wall."""
