"""Files that staff upload: from bytes to a typed table, with everything that is wrong with them."""
