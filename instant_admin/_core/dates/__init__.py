"""Dates in results and in the hands of callers.

parsing.py  one date
rows.py     the dates of a query's rows
"""
