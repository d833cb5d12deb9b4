"""Tables of clusters, tenants and slides: rows to records."""
