"""The export of APiLos: its agreements as they are written, one a line, turned into the tables of its database."""
