"""Straight-line Python made from a graph: numbers for programs of scalars, NumPy calls for arrays.

Generated text holds names by position (v0, g3, k12), numbers, and the templates of these tables;
nothing of a program's own text ever reaches it.
"""
