"""One reader per physical format, all giving the same raw tables."""
