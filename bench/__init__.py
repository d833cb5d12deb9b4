"""The dashboard measured against the usual tutorial app and an empty map: ``python -m bench``. Never run as a test."""
