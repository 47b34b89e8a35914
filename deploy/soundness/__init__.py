"""`python -m soundness`: do the services tell the same story? Asked when nothing is on its way."""
