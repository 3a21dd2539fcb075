"""What changed since an earlier run: what a run was made from, the run that it is compared with, and why things changed."""
