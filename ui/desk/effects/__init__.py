"""What a file would change."""
