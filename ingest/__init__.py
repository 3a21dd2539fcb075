"""Readers and landing: from a delivery, whatever its format, to typed and checked Parquet."""
