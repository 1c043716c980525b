"""sinorus: an open, sourced record of Chinese–Russian relations."""

__version__ = "0.1.0"
