"""The gateway bench: one synthetic population, the same questions to every server, the load, and the figures."""
