"""The demonstration institution: made through the HTTP door, as its own people would make it."""
