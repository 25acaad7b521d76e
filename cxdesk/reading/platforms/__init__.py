"""One file per survey platform: how its exports are recognised and what is special about them."""
