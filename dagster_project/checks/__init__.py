"""What must hold before a run may be published."""
