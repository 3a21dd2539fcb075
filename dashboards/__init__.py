"""The Streamlit application: reads one published run, writes nothing."""
