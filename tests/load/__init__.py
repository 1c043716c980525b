"""Load on a real server: not part of `make test`, run by hand; see docs/deploy.md."""
