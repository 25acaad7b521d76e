"""One file per question that a manager asks."""
