"""What moves the bytes: one small adapter per HTTP library, and one for the local Instant."""
