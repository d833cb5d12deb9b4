"""What stands near a table and says what its figures are: titles, labels, remarks, a part of the year, the source; and figures outside every table."""
