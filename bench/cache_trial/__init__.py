"""The caches that `bench/cache.py` compares, and what it asks of them."""
