"""What the warehouse receives, what it gives and what it checks: contracts, loaders, and the layout of what is written.

Every other package may import this one; this one imports none of them.
"""
