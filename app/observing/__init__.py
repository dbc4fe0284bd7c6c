"""What an operator sees of a running server: ids of requests, lines of a log, and numbers."""
