"""Faceted questions: declared once as a FilterSet, answered as pages, API, downloads, feeds and the admin's sidebar."""
