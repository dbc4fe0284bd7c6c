"""Sweeps: one network with many settings and seeds, trained by processes beside the server."""
