"""What `bench/ranking.py` is made of: a synthetic population, and the engines that rank it."""
