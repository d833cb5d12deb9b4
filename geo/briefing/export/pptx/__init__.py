"""The story as a PowerPoint presentation."""
