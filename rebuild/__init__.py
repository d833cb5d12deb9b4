"""Rebuild the shipped data from its sources (``make data``); never imported by the dashboard."""
