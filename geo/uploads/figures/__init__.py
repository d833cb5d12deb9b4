"""Tables of figures: blocks of cells to figures by district, metric and period."""
