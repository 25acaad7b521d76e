"""The product's icon and those of its files: drawings, and the script that makes every size and format of them."""
