"""The pure core: arguments to requests, replies to values. No I/O, no HTTP library, no event loop."""
