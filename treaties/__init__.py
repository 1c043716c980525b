"""The register of instruments: any written text between the two sides, binding or political."""
