"""A small backend on Instant: users and their goals."""
