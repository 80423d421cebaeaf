"""App users: magic codes, refresh tokens, guests, sign-in and sign-out, and their routes.

addresses and codes   codes.py, outbox.py, attempts.py
who is who            directory.py (finding users), accounts.py (making, upgrading and deleting them), tokens.py
custom attributes     extra_fields.py
routes                admin_routes.py, runtime_routes.py
"""
