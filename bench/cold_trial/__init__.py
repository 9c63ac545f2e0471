"""The cold path against Mercurius on undici. `bench/cold.py` is the command."""
