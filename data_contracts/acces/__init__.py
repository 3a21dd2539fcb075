"""Who may see what of a published run: the rights file, what a reader limited to some départements sees, the journal."""
