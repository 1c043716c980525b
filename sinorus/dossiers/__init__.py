"""Dossiers: long essays in Markdown that name records, which become live links, cards and numbered notes."""
