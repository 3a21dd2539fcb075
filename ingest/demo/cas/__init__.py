"""Planted cases: for each rule, agreements that it must find and others that it must not, a unit away from its bound.

A case is declared (`cas.Cas`): which drawn agreements suit, and the edit of their facts. `plan` spreads them over the demo;
the oracle (`ingest.demo.oracle`) must agree with every one, else no truth is written.
"""
