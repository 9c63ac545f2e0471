"""Renown: influence scores from several providers, blended, with provenance on every value."""
