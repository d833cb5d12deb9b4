"""Stored versions, brought up to this release and opened."""
