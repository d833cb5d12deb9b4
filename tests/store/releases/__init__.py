"""Databases as releases wrote them, one folder a release: what every later release must be able to open."""
