"""What identity does: one function a deed."""
