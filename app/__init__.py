"""The server: pages, REST interface and command line. Imports `engine`, never the reverse."""

__version__ = "0.1.0"
