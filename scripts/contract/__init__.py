"""Holds openapi/admin.yaml against what a running server was recorded to do."""
