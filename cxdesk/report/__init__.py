"""Which sections a report has, in which order, and what its notes say."""
