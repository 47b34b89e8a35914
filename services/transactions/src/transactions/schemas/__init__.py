"""From the contracts' payloads to the values of the domain, and back."""
