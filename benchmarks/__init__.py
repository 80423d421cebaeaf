"""Speed and memory, side by side in one interleaved run: `make bench`."""
