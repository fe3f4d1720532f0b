"""Reading: the sentences of an article, each with its chunks and the parties named in it. Every family reads the same."""

from __future__ import annotations

from copy import copy

from pipeline.extract.document import Document
from pipeline.extract.parties import find_parties
from pipeline.extract.parties.found import Found, History
from pipeline.extract.reading.chunks import blocs_only, chunk, worth_reading
from pipeline.extract.story import Story
from pipeline.extract.symbols import Chunks


class Reading:
    """The sentences of one article with all that was read from each."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.history = History()
        self.chunks: list[Chunks] = []
        self.parties: list[list[Found]] = []
        for sentence in doc.sentences:
            chunks = chunk(doc, sentence) if worth_reading(doc, sentence) else blocs_only(doc, sentence)
            self.chunks.append(chunks)
            self.parties.append(find_parties(doc, chunks, self.history))

    def of(self, story: Story) -> Reading:
        """What was read from the sentences of one story."""
        if len(story.sentences) == len(self.doc.sentences):
            return self
        told = {s.start for s in story.sentences}
        part = copy(self)
        kept = [k for k, c in enumerate(self.chunks) if c.sentence.start in told]
        part.chunks, part.parties = [self.chunks[k] for k in kept], [self.parties[k] for k in kept]
        return part
