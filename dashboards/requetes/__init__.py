"""What pages read, one module a page or a subject: queries on one published run, aggregated by DuckDB, that return plain rows."""
