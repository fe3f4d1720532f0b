"""Extraction: from an article and its sentences to a record whose every value has its evidence.

Each family of values has its module; this one reads the sentences once, asks each family, and puts the record together.
Values are as written; years left out, levels, provinces and keys are settled by `pipeline.normalize`.
"""

from __future__ import annotations

from pipeline.extract import awards, cited, leadership, meetings, relevance
from pipeline.extract.awards.consulted import consultation, propose_by_consultation
from pipeline.extract.awards.lines.history import with_history
from pipeline.extract.awards.lines.roll import with_roll
from pipeline.extract.awards.model import AwardFound
from pipeline.extract.awards.slots import award_slots
from pipeline.extract.awards.status import propose_by_council
from pipeline.extract.awards.whole import settle
from pipeline.extract.awards.years import give_lead_year, sum_half_year
from pipeline.extract.document import Document
from pipeline.extract.leadership.slots import leader_slots
from pipeline.extract.meetings.slots import meeting_slots
from pipeline.extract.reading import Reading
from pipeline.extract.relevance.given_now import handed_over
from pipeline.gazetteer import Gazetteer
from pipeline.records import Article, Record, Segmentation

__all__ = ["extract"]


def extract(article: Article, segmentation: Segmentation, gazetteer: Gazetteer) -> Record:
    """The record of one article. An article that is not of the genre has empty lists."""
    doc = Document(article, segmentation, gazetteer)
    reading = Reading(doc)
    kind = meetings.find_kind(doc, story := meetings.whole(doc))
    if kind and not meetings.tells_of_event(doc, story, kind):
        kind = None
    found_awards = _find_awards(doc, reading)
    if kind and kind.name == "council":
        propose_by_council(doc, found_awards)
    asked = consultation(doc, [s for part in meetings.lead_sentences(doc) for s in part])
    if asked is not None:
        propose_by_consultation(doc, found_awards, asked)
        kind = None if kind and kind.name == "ceremony" else kind  # nothing is handed over yet
    give_lead_year(doc, found_awards, meetings.lead_sentences(doc), kind.name if kind else None)
    sum_half_year(doc, found_awards, kind.name if kind else None)
    relevant = relevance.judge(doc, reading.chunks, kind, found_awards)
    record = Record(id=article.id, relevant=relevant, url=article.url, title=article.title, published=article.published)
    if not relevant.value:
        return record
    if kind is None and asked is None:
        kind = meetings.find_ceremony(doc) or meetings.ceremony_of(handed_over(doc, found_awards))
    stories = meetings.find_stories(doc, reading.chunks)
    places = leadership.Places(doc, reading.chunks)
    found = meeting_slots(doc, stories, reading, kind, found_awards)
    blocs = [m.bloc if m else meetings.find_bloc(doc, s) for s, m in zip(stories, found, strict=True)]
    return Record(
        id=article.id,
        relevant=relevant,
        url=article.url,
        title=article.title,
        published=article.published,
        meetings=tuple(m for m in found if m),
        leadership=tuple(
            x for s, m, bloc in zip(stories, found, blocs, strict=True) for x in leader_slots(doc, reading.of(s), m, bloc, places)
        ),
        awards=tuple(slot for award in found_awards for slot in award_slots(doc, award)),
        cited=tuple(cited.find_cited(doc)),
    )


def _find_awards(doc: Document, reading: Reading) -> list[AwardFound]:
    found: list[AwardFound] = []
    for chunks, parties in zip(reading.chunks, reading.parties, strict=True):
        found += awards.find_awards(doc, chunks, parties, reading.history, found)
    found = with_roll(doc, reading.chunks, found)
    found = with_history(doc, reading.chunks, reading.history, found)
    settle(doc, found)
    return found
