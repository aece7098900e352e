"""Measures: panel in, named series out."""
