"""What one peer may ask and hold."""
