"""What is agreed with members, as pure functions and frozen facts."""
