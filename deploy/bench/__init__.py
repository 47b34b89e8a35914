"""The benchmark: the product's own figures, beside pgbench and an empty call in the same run."""
