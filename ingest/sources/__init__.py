"""What is particular to each source system."""
