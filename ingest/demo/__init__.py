"""A made-up France, for demonstrations and for tests: it knows the format of the deliveries and nothing of the rules."""
