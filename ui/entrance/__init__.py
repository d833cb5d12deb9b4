"""What every visit begins with: the page itself, and the words that Streamlit puts around ours."""
