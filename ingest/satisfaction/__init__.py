"""Answers to satisfaction surveys: how a survey is described, and how its CSV becomes answers of one form."""
