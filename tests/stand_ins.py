"""Tiny stages for tests of everything around them: fast, pure, and with a switch for each kind of failure.

An article's text is lines. "relevant" in it makes it relevant; "bloc: NAME" gives a meeting with its bloc, "guest: CODE NAME"
one more participant, "award: NAME" an award with a recipient. "reject", "crash", "slow" and "die" do what they say.
"""

import os
import time

import msgspec

from pipeline.errors import ArticleError
from pipeline.records import Article, Award, Meeting, Party, Record, Region, Segmentation, Slot
from pipeline.stages import SOURCE, Stage


def clean(inputs, gazetteer, variant):
    source = inputs[SOURCE]
    text = source.payload.decode()
    if "reject" in text:
        raise ArticleError("rejected", "the text says so")
    if "crash" in text:
        raise RuntimeError("the text says so")
    if "slow" in text:
        time.sleep(0.3)
    if "die" in text:
        os._exit(9)
    return Article(source.id, source.location, source.media, "0" * 64, text, (Region(0, len(text), "body"),), url=source.url)


def wants_words(inputs):
    return "words" if "relevant" in inputs["clean"].text else "sentences"


def segment(inputs, gazetteer, variant):
    article = inputs["clean"]
    words = tuple((n, n + 1) for n in range(3)) if variant == "words" else ()
    return Segmentation(article.id, ((0, len(article.text)),), words)


def extract(inputs, gazetteer, variant):
    article = inputs["clean"]
    text = article.text
    meetings, awards = [], []
    for line in text.splitlines():
        at = text.index(line)
        if line.startswith("bloc: "):
            name = Slot(line[6:], ((at + 6, at + len(line)),), "test.bloc")
            unit = Slot("Sở Y tế", (), "test.unit", "the test")
            meetings.append(Meeting(Slot("signing", ((at, at + 4),), "test.kind"), name, participants=(Party(unit=unit),)))
        if line.startswith("guest: "):  # "guest: CODE NAME", of the meeting before
            code, name = line[7:].split(" ", 1)
            guest = Party(unit=Slot(name, (), "test.unit", "the test"), unit_code=code)
            meetings[-1] = msgspec.structs.replace(meetings[-1], participants=(*meetings[-1].participants, guest))
        if line.startswith("award: "):
            name = Slot(line[7:], ((at + 7, at + len(line)),), "test.award")
            awards.append(
                Award(Slot("Cờ thi đua", ((at, at + 5),), "test.award"), Slot("conferred", (), "test", "the test"), recipient=name)
            )
    relevant = Slot("relevant" in text, (), "test.relevant", "the test")
    return Record(article.id, relevant, article.url, meetings=tuple(meetings), awards=tuple(awards))


def normalize(inputs, gazetteer, variant):
    return inputs["extract"]


STAGES = (
    Stage("clean", (SOURCE,), Article, "stand_ins:clean", ("stand_ins",)),
    Stage("segment", ("clean",), Segmentation, "stand_ins:segment", ("stand_ins",), variant="stand_ins:wants_words"),
    Stage("extract", ("clean", "segment"), Record, "stand_ins:extract", ("stand_ins",), gazetteer=True),
    Stage("normalize", ("clean", "extract"), Record, "stand_ins:normalize", ("stand_ins",), gazetteer=True),
)
