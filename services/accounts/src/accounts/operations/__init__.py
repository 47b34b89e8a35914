"""What accounts does: one function a business act."""
