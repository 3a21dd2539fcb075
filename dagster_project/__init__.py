"""Assets, checks, job, publication and the command line: what makes a run happen."""
