"""What was asked and what was answered: questions, scales, roles, coded answers, selections, counts."""
