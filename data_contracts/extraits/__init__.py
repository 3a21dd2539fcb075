"""What people take out of a published run, in the app and on the command line: its words in French, its evidence, its files."""
