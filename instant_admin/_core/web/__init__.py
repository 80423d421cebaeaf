"""Being part of a web application: reading its requests, and small applications of our own. Pure, for any server."""
