"""Request and reply bodies, one module each. Importing one does not load the others."""
