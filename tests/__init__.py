"""What must hold. One folder a package, one file a behaviour: the failing file's name is the bug report."""
