"""Put together what name, hash and inspection say about one file."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from flows.formats import suits
from flows.gather.family import family_of_suffix
from flows.gather.hashing import Hashed
from flows.gather.inspect import Inspection
from flows.gather.names import is_program_name, own_media, suffix_of
from flows.gather.recognise import NOTHING, Recognised, Rules, recognise_name
from flows.gather.years import relevant_years
from flows.model import Condition, EvidenceFile, Media


@dataclass(frozen=True, slots=True)
class Topics:
    """What name and content of a file speak of; the fields of the same names of an evidence file."""

    kinds: tuple[str, ...] = ()
    named_kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    keywords: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Describer:
    """Describes the files of one agency."""

    agency_id: str
    evaluation_year: int
    rules: Rules
    is_own: bool = False
    """Whether they lie in the city's own folder; a BACA-SAYA is one there too."""

    def __call__(self, file: Hashed, inspection: Inspection | None, virus: str = "") -> EvidenceFile:
        """The evidence file without citations; ``inspection`` is None for a file that was not looked into.

        Args:
            file: Its name and bytes.
            inspection: What its content has shown.
            virus: Name of the signature that the virus scanner knows it by.
        """
        name = file.entry.path.rsplit("/", 1)[-1]
        own = Media.SYSTEM if file.condition is Condition.IGNORED else self._own_media(file.entry.path)
        seen = inspection or _without_looking(file, name)
        if is_program_name(name) and seen.condition.is_readable:
            seen = Inspection(Condition.REFUSED, Media.OTHER, "executable")
        if virus:
            found = (f"virus: {virus}",)
            seen = dataclasses.replace(
                seen, condition=Condition.REFUSED, detail="virus", recognised=NOTHING, active=found
            )
        if not own:
            seen = _as_named(seen, suffix_of(name))
        tells = not own and seen.media is not Media.FORM
        topics = self._topics(seen.recognised, name) if tells else Topics()
        return EvidenceFile(
            path=file.entry.path,
            agency_id=self.agency_id,
            bytes=file.entry.bytes,
            condition=seen.condition,
            media=own or seen.media,
            sha256="" if seen.condition is Condition.ARRIVING else file.sha256,
            pages=seen.pages,
            detail=seen.detail,
            has_text=seen.has_text,
            has_signature=seen.has_signature,
            is_scan=seen.is_scan,
            document=seen.document,
            signatures=seen.signatures,
            photo=seen.photo,
            active=seen.active,
            exposures=(*file.entry.exposures, *seen.exposures),
            reach=seen.reach,
            container=file.entry.container,
            format=seen.format,
            further=seen.further,
            kinds=topics.kinds,
            named_kinds=topics.named_kinds,
            years=topics.years,
            keywords=topics.keywords,
            title=topics.title,
        )

    def _own_media(self, path: str) -> Media | None:
        handed_out = own_media(path)
        return Media.OWN if self.is_own and handed_out is not Media.GUIDE else handed_out

    def _topics(self, content: Recognised, name: str) -> Topics:
        named = recognise_name(name, self.rules)
        return Topics(
            kinds=content.kinds,
            named_kinds=tuple(kind for kind in named.kinds if kind not in content.kinds),
            years=relevant_years([*content.years, *named.years], self.evaluation_year),
            keywords=tuple(sorted({*content.keywords, *named.keywords})),
            title=content.title,
        )


def _as_named(seen: Inspection, suffix: str) -> Inspection:
    """``seen``, told apart from another format of the same family that the name promises: a PNG called ``.jpg``."""
    is_other = family_of_suffix(suffix) is not None and not suits(seen.format, suffix)
    if seen.condition is not Condition.GOOD or seen.media is Media.FORM or not is_other:
        return seen
    return dataclasses.replace(seen, condition=Condition.WRONG_EXTENSION, detail=seen.detail or "extension-mismatch")


def _without_looking(file: Hashed, name: str) -> Inspection:
    """What is known of a file that was not opened: empty, ignored, refused or on its way."""
    media = family_of_suffix(suffix_of(name)) or Media.OTHER
    if file.condition is not None:
        return Inspection(file.condition, media, file.detail)
    return Inspection(Condition.EMPTY, media, "zero-bytes")
