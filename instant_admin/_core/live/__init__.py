"""Live queries without I/O: the call, the server's messages, and what follows from them."""
