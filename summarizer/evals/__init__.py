"""Evaluations on labelled material that ships with the package."""
