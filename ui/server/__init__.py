"""What stands around the pages: middleware and guards of the server itself, before Streamlit sees a request."""
