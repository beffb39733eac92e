"""A small process that builds sandboxes: the kernel work that a threaded harness must not do.

Started once per harness as ``python -I -S launcher/__main__.py`` with a socket on standard input;
forks once per run. Standard library only; nothing in here may import the rest of the package.
"""
