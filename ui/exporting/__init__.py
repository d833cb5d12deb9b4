"""What leaves the dashboard: files, paper, and the check before a meeting."""
