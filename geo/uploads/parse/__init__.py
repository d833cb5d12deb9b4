"""Words to what they mean: numbers, units, periods, places, headings."""
