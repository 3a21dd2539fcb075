"""The columns that lists of rows show, by subject; their files hold the same."""
