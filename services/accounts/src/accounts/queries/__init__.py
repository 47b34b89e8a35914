"""What accounts is asked: one function a question."""
