"""The file as records. What each key means stands in docs/add-a-provider.md; a test keeps the two equal."""

from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from renown.claims import Metric, Scale
from renown.claims.fields import PROFILE_COUNTS
from renown.providers.contract import Declaration
from renown.providers.described.json_path import Finder
from renown.providers.described.template import Template
from renown.providers.profile_facts import count_metrics

Slug = Annotated[
    str,
    Meta(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40, description="small letters, digits and single _"),
]
Text = Annotated[str, Meta(pattern=r"\S", max_length=500, description="a text that is not blank")]
_Root = Annotated[
    str,
    Meta(pattern=r"^https?://[^\s/?#@]+(/[^\s?#@]*)?$", description="https://host/path without user or parameters"),
]
_Separator = Annotated[str, Meta(pattern=r"^[,;:|~ ]$", description="one of , ; : | ~ or a blank")]
_HeaderName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]+$", max_length=60, description="letters, digits, - _ .")]
_Prefix = Annotated[str, Meta(pattern=r"^[A-Za-z]* ?$", max_length=20, description="letters and at most a blank")]
_Status = Annotated[int, Meta(ge=200, le=499)]
_Positive = Annotated[float, Meta(gt=0, le=1e6)]


class RequestForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`[request]`: one GET. `separator` joins the handles of a batch; without one a parameter is repeated."""

    base_url: _Root
    path: Template
    params: dict[str, Template] = {}
    batch: Annotated[int, Meta(ge=1, le=1000)] = 1
    separator: _Separator | None = None

    @property
    def places(self) -> frozenset[str]:
        """The places that path and parameters have."""
        return self.path.places.union(*(template.places for template in self.params.values()))


class AuthForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, rename={"where": "in"}):
    """`[[auth]]`: one secret, by the name of the provider's setting that holds it, and where it goes."""

    where: Literal["query", "header", "bearer"]
    secret: Literal["key", "app_id"] = "key"  # noqa: S105 - the name of a setting
    name: _HeaderName | None = None
    prefix: _Prefix = ""


class ReplyForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`[reply]`: what is about whom, and what says that somebody is not known."""

    each: Finder | None = None
    about: Finder | None = None
    unknown_at: Finder | None = None
    unknown_status: tuple[_Status, ...] = (404,)
    processing_status: tuple[_Status, ...] = (202,)
    over_quota_status: tuple[_Status, ...] = ()


class MetricForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`[metrics.<slug>]`: one number, its scale (open at the top where `maximum` is absent) and its meaning."""

    path: Finder
    name: Text
    meaning: Text
    minimum: float = 0.0
    maximum: float | None = None
    higher_is_more: bool = True


class FieldsForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`[fields]`: facts of the profile. `id` is the provider's own id of the account."""

    id: Finder | None = None
    name: Finder | None = None
    description: Finder | None = None
    country: Finder | None = None
    place: Finder | None = None
    followers: Finder | None = None
    following: Finder | None = None
    listed: Finder | None = None
    posts: Finder | None = None

    @property
    def counts(self) -> tuple[str, ...]:
        """The counts that have a path."""
        return tuple(field for field in PROFILE_COUNTS if getattr(self, field) is not None)


class TopicsForm(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`[topics]`: `each` finds the topics, `name` and `strength` are looked for in one; `maximum` is full strength."""

    each: Finder
    name: Finder
    strength: Finder | None = None
    maximum: _Positive = 1.0


class Description(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The whole file."""

    slug: Slug
    name: Text
    networks: Annotated[tuple[Text, ...], Meta(min_length=1)]
    request: RequestForm
    version: Annotated[int, Meta(ge=1)] = 1
    reads: tuple[Text, ...] = ()
    primary: Slug | None = None
    licence: Text | None = None
    attribution: Text | None = None
    closed: date | None = None
    pace: _Positive = 1.0
    quota: Annotated[int, Meta(ge=1)] | None = None
    fresh_hours: _Positive = 24.0
    keep_days: Annotated[float, Meta(gt=0, le=36_500)] | None = None
    blended: bool = True
    auth: tuple[AuthForm, ...] = ()
    reply: ReplyForm = ReplyForm()
    metrics: dict[Slug, MetricForm] = {}
    fields: FieldsForm = FieldsForm()
    topics: TopicsForm | None = None

    @property
    def adapter(self) -> str:
        """The name of the adapter that reads by this file, with the file's version."""
        return f"described-{self.slug}@{self.version}"

    @property
    def measures(self) -> tuple[Metric, ...]:
        """The metrics that the file describes, without the counts of a profile."""
        return tuple(
            Metric(self.slug, slug, form.name, Scale(form.minimum, form.maximum, form.higher_is_more), form.meaning)
            for slug, form in self.metrics.items()
        )

    @property
    def declaration(self) -> Declaration:
        """What the provider says of itself."""
        return Declaration(
            slug=self.slug,
            name=self.name,
            metrics=(*self.measures, *count_metrics(self.slug, *self.fields.counts)),
            primary=self.primary,
            networks=self.networks,
            reads=self.reads or self.networks,
            licence=self.licence,
            attribution=self.attribution,
            closed=self.closed,
            fresh_for=timedelta(hours=self.fresh_hours),
            keep_for=None if self.keep_days is None else timedelta(days=self.keep_days),
            pace=self.pace,
            batch=self.request.batch,
            blended=self.blended,
            quota=self.quota,
            base_url=self.request.base_url,
            secrets=tuple(dict.fromkeys(form.secret for form in self.auth)),
        )
