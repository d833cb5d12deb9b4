"""The domain of the 1+1+9 dashboard: pure, typed, and free of Streamlit. One module a verb."""
