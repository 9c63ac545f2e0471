"""Scores of logs of millions of events and more, from tables of DuckDB or Spark. Needs the extra `batch` or `spark`."""

from renown.engine.large.scores import EngineScores, score_events

__all__ = ["EngineScores", "score_events"]
