"""Dates that can be stored on a date attribute, read as the server's database reads them. Used by client and local
Instant alike.

stored.py    values that can be stored, and their instants in the database
usual.py     texts of the usual forms
postgres.py  texts as PostgreSQL reads them: fields.py, words.py with keywords.py, zones.py, reading.py
calendar.py  days of all years
"""
