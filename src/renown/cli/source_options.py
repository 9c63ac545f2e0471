"""The options that say what a source of interactions is, and when it is left."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from renown.errors import BadRequest, UnknownName

if TYPE_CHECKING:
    from renown.engine.ingest.forms import Form, Told
    from renown.engine.ingest.until import Until

_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*([smhd]?)")
_NETWORK = re.compile(r"[a-z0-9-]{1,40}")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3_600, "d": 86_400}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """What is said of the sources, as it is typed; None for what is left open."""

    form: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORM",
            help="What the files are written in: csv, parquet, ndjson, higgs, tweets, jetstream, mastodon, outbox or "
            "counts. Default: what their content says.",
        ),
    ] = None
    network: Annotated[str, typer.Option(help="Where accounts are that name no network.")] = "twitter"
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="What is counted in a table of counts, as mention or repost.")
    ] = None
    day: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day that a table of counts stands for (ISO 8601).")
    ] = None
    duration: Annotated[
        str | None,
        typer.Option("--for", metavar="DURATION", help="How long to stay with a stream or an instance: 90s, 2h."),
    ] = None
    until_count: Annotated[
        int | None, typer.Option(min=1, help="Leave a stream or an instance once so many messages or statuses came.")
    ] = None

    def checked(self) -> "Asked":
        """What they ask for.

        Raises:
            BadRequest, UnknownName: one of them cannot be read.
        """
        return Asked(self._form(), self._told(), self._until())

    def _form(self) -> "Form | None":
        from renown.engine.ingest.forms import Form

        if self.form is None:
            return None
        if self.form.lower() not in set(Form):
            raise UnknownName("form", self.form, [form.value for form in Form])
        return Form(self.form.lower())

    def _told(self) -> "Told":
        from renown.cli.asked import moment_of
        from renown.engine.ingest.forms import Told
        from renown.engine.kind_words import KINDS_BY_WORD

        kind = self.kind and self.kind.lower()
        if kind is not None and kind not in KINDS_BY_WORD:
            raise UnknownName("kind", kind, KINDS_BY_WORD)
        if not _NETWORK.fullmatch(self.network.lower()):
            raise BadRequest(f"{self.network[:40]!r} is no network.", "Write it in letters, as twitter or mastodon.")
        moment = moment_of(self.day)
        return Told(self.network.lower(), kind, None if moment is None else int(moment.timestamp()))

    def _until(self) -> "Until":
        from renown.engine.ingest.until import Until

        if self.duration is None:
            return Until(None, self.until_count)
        found = _DURATION.fullmatch(self.duration.strip().lower())
        if found is None:
            raise BadRequest(f"{self.duration[:40]!r} is no duration.", "Write it as 90s, 10m, 2h or 1d.")
        return Until(float(found[1]) * _SECONDS[found[2]], self.until_count)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options ask for: the form of files if it is named, what files cannot say themselves, and how long."""

    form: "Form | None"
    told: "Told"
    until: "Until"
