"""What people wrote in their own words."""
