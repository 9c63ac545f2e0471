"""The toy is a package of its own: its tests run where it is installed, see test_toy_package.py."""

collect_ignore = ["toy_provider"]
