"""The data folder, read, checked and joined."""
