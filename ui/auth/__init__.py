"""Who visits, and what they may."""
