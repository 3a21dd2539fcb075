"""The Streamlit application: reads one published run, writes nothing but the decisions that its readers take."""
