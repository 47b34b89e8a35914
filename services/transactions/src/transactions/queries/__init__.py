"""One function a question; nothing is changed by asking."""
