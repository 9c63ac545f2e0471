"""The demo's data: published figures with their sources, and a synthetic population for load and benchmarks."""

from renown.demo.loading import QUESTION, STATEMENT, Loaded, load_demo
from renown.demo.synthetic import ADAPTER as SYNTHETIC_ADAPTER
from renown.demo.synthetic import load_synthetic

__all__ = ["QUESTION", "STATEMENT", "SYNTHETIC_ADAPTER", "Loaded", "load_demo", "load_synthetic"]
