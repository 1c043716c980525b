"""Imprecise historical dates: a value object, a model field, a form field, a filter, a template tag.

This package knows no word of the domain above it and has no models. The map:

``edtf``        the notation (ISO 8601-2) read into a value object with a first and a last possible day
``calendars``   Julian (old style) and Gregorian (new style) days
``words``       what an editor types, in English, Russian or Chinese, read into EDTF (with ``wording``, ``units``)
``show``        an EDTF value in words for readers (with ``speech``, ``english``, ``chinese``, ``russian``)
``value``       ``HistoricalDate``, what a model attribute gives back
``fields``      ``HistoricalDateField``, the model field
``forms``       inputs for the admin, ``views`` their live reading
``filters``     partial dates in query strings, and which records may or must fall in a span
"""
