"""Dated reference data that people download: how a file of zones is read, and described when its header does not say its date."""
