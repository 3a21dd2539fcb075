"""The documents written from the contracts, for people to read in the repository: the catalogue of rules and its coverage."""
