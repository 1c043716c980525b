"""Releases: everything public of one edition as files that outlive the site, and a site made from them again."""
