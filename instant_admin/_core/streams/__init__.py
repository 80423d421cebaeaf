"""Streams without I/O: one session, and the writers and readers on it. What happened goes in, what to do comes out."""
