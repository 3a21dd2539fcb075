"""What changed between two published runs: which run one is compared with, the comparison itself, and why things changed."""
