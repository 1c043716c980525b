"""The editors' desk: tables in and out, what needs work, readers' reports, signing in."""
