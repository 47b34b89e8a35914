"""What identity is asked, and answers without changing anything."""
