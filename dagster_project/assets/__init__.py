"""The assets of a run, in the order data flows."""
