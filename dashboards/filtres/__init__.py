"""What a page looks at: read from its address, written back to it, said in words. No Streamlit, no query."""
