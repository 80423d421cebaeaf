"""What several tests need: a scripted HTTP server, and the oracle's vectors."""
