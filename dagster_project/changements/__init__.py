"""What a run keeps of what it was made from, and what it reads of the run that it is compared with."""
