"""The detailed file of RPLS, the register of social housing: how its five million rows are read."""
