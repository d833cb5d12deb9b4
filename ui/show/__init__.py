"""The full-screen show, its rooms and notes."""
