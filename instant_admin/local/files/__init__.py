"""Files: bodies on disk, their records as `$files` entities, and the addresses they are read from.

blobs.py     the bodies
urls.py      signed addresses
access.py    the permission rules
records.py   storing, replacing and deleting files
uploads.py   upload addresses that work once
parameters.py, admin_routes.py, client_routes.py, downloads.py
             the routes

Evidence: recordings of the area `storage`.
"""
