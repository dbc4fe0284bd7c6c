"""Derivatives written as graphs, so that they can be drawn, evaluated and differentiated again."""
