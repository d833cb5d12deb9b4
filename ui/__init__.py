"""Everything that speaks Streamlit."""
