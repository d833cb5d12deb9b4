"""What staff's files would do to the data."""
