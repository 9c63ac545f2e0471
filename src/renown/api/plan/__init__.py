"""Operations compiled to Python: what Strawberry would answer, many times as fast."""

from renown.api.plan.documents import Documents, KeptDocuments
from renown.api.plan.plans import Plans

__all__ = ["Documents", "KeptDocuments", "Plans"]
