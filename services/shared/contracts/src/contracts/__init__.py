"""What services promise each other; everything that crosses a wire is described here, and nothing else."""
