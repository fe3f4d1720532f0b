"""A story: the sentences of an article that tell of one meeting. Mostly that is all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.document import Document, Sentence

LEAD = 4  # so many sentences of the body may tell what the event is
_HEADS = ("title", "kicker")
_BODY = ("lead", "body")
_TOLD = (*_BODY, "caption")


@dataclass(slots=True)
class Story:
    """Sentences of one meeting, in text order. Where an article has several, `opening` is the sentence in which
    this one opens and `bloc` the name that it has there, None for a council. `beside`: games or visits of the bloc whose
    meeting is told before."""

    sentences: list[Sentence]
    opening: Sentence | None = None
    bloc: tuple[int, int] | None = None
    beside: bool = False

    @property
    def heads(self) -> list[Sentence]:
        return [s for s in self.sentences if s.region in _HEADS]

    @property
    def lead(self) -> list[Sentence]:
        return [s for s in self.sentences if s.region in _BODY][:LEAD]

    @property
    def told(self) -> list[Sentence]:
        """Body and captions."""
        return [s for s in self.sentences if s.region in _TOLD]


_BASIS = re.compile(r"\W*căn cứ (?:luật|nghị định|thông tư|quyết định|hiến pháp|nghị quyết)(?!\w)")


def whole(doc: Document) -> Story:
    """All of the article, but what a decision printed in full rests on: no day and no year there is an event's."""
    if "căn cứ" not in doc.key:
        return Story(list(doc.sentences))
    return Story([s for s in doc.sentences if not _BASIS.match(doc.key, s.start, s.end)])


def lead_sentences(doc: Document) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences of the title with its kicker, and the first sentences of the body."""
    story = whole(doc)
    return story.heads, story.lead
