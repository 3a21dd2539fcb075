"""The official geography of today, with the codes of yesterday, and the script that renews it each year."""
