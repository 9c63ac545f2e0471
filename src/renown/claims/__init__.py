"""The record everything is made of: source S said, at time T, that field F of subject X is V."""

from renown.claims.absence import Absence, AbsenceReason
from renown.claims.account import NETWORKS, Account, account_key
from renown.claims.fields import (
    PROFILE_FIELDS,
    Relation,
    VoiceKind,
    list_field,
    related_in,
    relation_count,
    relation_field,
    topic_field,
    vouch_field,
    vouch_in,
)
from renown.claims.record import Claim, Freshness, Provenance, ProvenanceKind, Value, digest_of, parse_time
from renown.claims.scale import Metric, Scale

__all__ = [
    "NETWORKS",
    "PROFILE_FIELDS",
    "Absence",
    "AbsenceReason",
    "Account",
    "Claim",
    "Freshness",
    "Metric",
    "Provenance",
    "ProvenanceKind",
    "Relation",
    "Scale",
    "Value",
    "VoiceKind",
    "account_key",
    "digest_of",
    "list_field",
    "parse_time",
    "related_in",
    "relation_count",
    "relation_field",
    "topic_field",
    "vouch_field",
    "vouch_in",
]
