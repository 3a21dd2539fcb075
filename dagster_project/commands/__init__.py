"""What each command of `parc` does, one module a command. Heavy packages are imported where they are used, never here."""
