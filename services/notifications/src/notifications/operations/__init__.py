"""What notifications does: one function a deed."""
