"""The pages of the application, one script each, that `st.navigation` runs.

Not named `pages`: Streamlit would run the scripts of a folder of that name by themselves, without the frame of app.py.
"""
