"""One function a business act: each within one database transaction that its caller opened."""
