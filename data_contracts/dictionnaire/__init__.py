"""The dictionary of a published run: what each mart promises, for people and for programs."""
