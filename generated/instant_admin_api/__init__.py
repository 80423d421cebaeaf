"""The low-level client of Instant's endpoints for backends. Importing it loads nothing: import what you need."""
