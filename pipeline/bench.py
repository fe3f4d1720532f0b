"""Times the pipeline against its costliest parts alone, in one run, on the same articles: `python -m pipeline.bench SOURCE...`

Ratios are what counts, since they hold on any machine: clean to load against trafilatura and word_tokenize together, and all
rules against the segmentation. Only relevant HTML pages are timed, in one process. Imports and models are loaded before the
clock starts; each part runs several times in turn and the fastest counts. The whole pipeline runs over many copies of the pages,
so that what is done once a run, such as creating tables, weighs as little as it does in real use. The garbage collector works as
seldom as in a run (`workers.collect_seldom`), for all parts alike. CPU time is what counts.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline.clean import clean_if_likely
from pipeline.clean.look import look_at
from pipeline.errors import ArticleError
from pipeline.load import load
from pipeline.records import CONTENT_REGIONS, Article, Issue, Source
from pipeline.run import run
from pipeline.sources import read_sources
from pipeline.stages import SITE, SOURCE, STAGES, Plan, Task, load_gazetteer, process
from pipeline.store import lock
from pipeline.textmap import squeeze
from pipeline.workers import chunks_of, collect_seldom

ROUNDS = 3
MIXED_ROUNDS = 4
NER_ROUNDS = 1  # it takes longer than all the rest together
WHOLE, RULES, CLEANER, WORDS, NER = (
    "whole pipeline, with reading and writing", "rules (extract + normalize)", "trafilatura alone", "underthesea.word_tokenize alone",
    "underthesea.ner alone",
)  # fmt: skip
LETTERS = 2500  # of an article in a mixed batch, at least
OTHERS = 19  # general pages to each relevant one in a mixed batch
COPIES_TO = 1000  # pages that the whole pipeline runs over, at least


@dataclass(frozen=True)
class Timing:
    what: str
    articles: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.articles / self.seconds if self.seconds else 0.0

    @property
    def each(self) -> float:
        """Milliseconds an article."""
        return 1000 * self.seconds / self.articles


def fastest(parts: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """CPU seconds of the fastest of several rounds. The parts take turns, so that a busy machine is busy for all of them."""
    best = dict.fromkeys(parts, float("inf"))
    for _ in range(rounds):
        for name, work in parts.items():
            begun = time.process_time()
            work()
            best[name] = min(best[name], time.process_time() - begun)
    return best


def repeat(work: Callable[[], Any], times: int) -> None:
    for _ in range(times):
        work()


def fill(page: bytes, article: Article, text: str) -> bytes | None:
    """A portal's page with another text in the place of its article; None where the two cannot be told apart."""
    import lxml.html

    root = lxml.html.document_fromstring(page.decode("utf-8", "replace"))
    kinds = {squeeze(article.text[r.start : r.end]): r.kind for r in article.regions if r.kind in CONTENT_REGIONS}
    found: dict[str, Any] = {}
    for element in root.iter(lxml.etree.Element):
        found[squeeze(element.text_content())] = element  # the innermost is the last
    if not kinds.keys() <= found.keys():
        return None
    paragraphs = [paragraph for line in text.split("\n") if (paragraph := squeeze(line))]
    for element in root.iter("title", "meta"):
        if element.tag == "title":
            element.text = paragraphs[0]
        elif (element.get("property") or element.get("name") or "").rpartition(":")[2] in ("title", "description", "keywords"):
            element.set("content", paragraphs[0])
    places = [found[part] for part, kind in kinds.items() if kind not in ("title", "kicker")]
    for part, kind in kinds.items():
        _put(found[part], paragraphs[:1] if kind in ("title", "kicker") else [])
    for n, place in enumerate(places):
        _put(place, paragraphs[1:][n * len(paragraphs[1:]) // len(places) : (n + 1) * len(paragraphs[1:]) // len(places)])
    return lxml.html.tostring(root, encoding="utf-8")


def _put(element: Any, paragraphs: list[str]) -> None:
    """Makes paragraphs, the first within it and the others behind, what an element says."""
    for child in list(element):
        element.remove(child)
    element.text = paragraphs[0] if paragraphs else ""
    for paragraph in paragraphs[1:]:
        after = element.makeelement(element.tag)
        after.text = paragraph
        element.addnext(after)
        element = after


def furnish(page: bytes, headlines: list[str], n: int) -> bytes:
    """A page with what portals put around an article: styles, scripts, a menu, lists of other news, as much as ordinary ones have."""
    if b"\xe1\xba" not in page:
        return page  # in an old encoding
    names = enumerate(_MENU * 3)
    menu = "".join(f'<li id="menu{k}"><a href="/chuyen-muc-{k}" title="{name}"><span>{name}</span></a></li>' for k, name in names)
    boxes = "".join(_box(k, [headlines[(n + 10 * k + i) % len(headlines)] for i in range(12)]) for k in range(len(_BOXES)))
    style, script = ("".join(line.format(k=k) for k in range(90)) for line in (_STYLE, _SCRIPT))
    head = f"<style>{style}\n</style><script>{script}\n</script>"
    top, side = f'<div class="topmenu"><ul class="menu">{menu}</ul></div>'.encode(), f'<div class="right-column">{boxes}</div>'.encode()
    page = re.sub(rb"(?i)</head\s*>", lambda tag: head.encode() + tag[0], page, count=1)
    page = re.sub(rb"(?i)<body\b[^>]*>", lambda tag: tag[0] + top, page, count=1)
    return re.sub(rb"(?i)</body\s*>", lambda tag: side + tag[0], page, count=1)


def _box(k: int, headlines: list[str]) -> str:
    """A list of other news."""
    import html

    items = ((i, html.escape(line)) for i, line in enumerate(headlines, 1))
    rows = (f'<li><a href="/tin-{k}-{i}.html" title="{line}">{line}</a> <span>({i:02}/0{k + 1}/2021)</span></li>' for i, line in items)
    return f'<div class="portlet portlet-{k}"><h3>{_BOXES[k]}</h3><ul>{"".join(rows)}</ul></div>'


_STYLE = "\n.portlet-{k} .item {{ margin: 0 {k}px 4px; font: 13px/1.4 Arial, sans-serif; color: #333; }}"
_SCRIPT = '\nfunction open{k}(e) {{ document.getElementById("menu{k}").className = e ? "on" : "off"; }}'


def _lengthened(text: str) -> str:
    """A text with its paragraphs over again until it is as long as news are: the same words decide what it is taken for."""
    body = text.rstrip("\n").partition("\n")[2]
    return "\n".join([text.rstrip("\n"), *([body] * (LETTERS // (len(body) or LETTERS)))])


_MENU = (
    "Trang chủ|Giới thiệu|Cơ cấu tổ chức|Chức năng, nhiệm vụ|Tin tức - Sự kiện|Thời sự|Kinh tế|Văn hóa - Xã hội|Quốc phòng - An ninh"
    "|Cải cách hành chính|Thi đua - Khen thưởng|Văn bản chỉ đạo|Văn bản pháp luật|Thủ tục hành chính|Dịch vụ công trực tuyến"
    "|Lịch công tác|Thư viện ảnh|Video|Hỏi đáp|Liên hệ"
).split("|")
_BOXES = ("Tin mới nhất", "Tin đọc nhiều", "Các tin khác", "Thông báo")


class Mixed:
    """A batch as a crawl brings it: for each relevant page 19 others, general news in the layouts of the same portals.

    The portals of the corpus are short; each page gets the menu, lists, scripts and styles of an ordinary one around its article.
    """

    def __init__(self, bench: Bench, general: str) -> None:
        texts = [source.payload.decode() for source in read_sources([general], lambda issue: None)]
        texts = [_lengthened(text) if len(text) < LETTERS else text for text in texts]
        headlines = [squeeze(text.partition("\n")[0]) for text in texts]
        layouts = [i for i in bench.inputs if fill(i[SOURCE].payload, i["clean"], texts[0])]
        self.pages: list[Source] = []
        for n in range(OTHERS * max(3, min(len(bench.inputs), len(texts) // OTHERS))):
            inputs = layouts[n % len(layouts)]
            page = fill(inputs[SOURCE].payload, inputs["clean"], texts[n % len(texts)])
            if page is not None:
                self.pages.append(Source(f"g{n:04}", f"g{n:04}", "html", furnish(page, headlines, n)))
            if n % OTHERS == 0:
                relevant = bench.inputs[n // OTHERS % len(bench.inputs)][SOURCE]
                self.pages.append(msgspec.structs.replace(relevant, payload=furnish(relevant.payload, headlines, n)))
        self.refused = sum(look_at(page).startswith("refused") for page in self.pages)
        self.plan = Plan.of(STAGES)

    def look(self) -> None:
        for page in self.pages:
            look_at(page)

    def clean(self) -> None:
        for page in self.pages:
            with contextlib.suppress(ArticleError):  # a text too short to be told from the page around it
                clean_if_likely(page)

    def stages(self) -> None:
        """Clean to normalize."""
        for chunk in chunks_of("", (Task(page.id, page, "", {}, {}) for page in self.pages)):
            process(chunk.tasks, self.plan)

    def trafilatura(self) -> None:
        import trafilatura

        for page in self.pages:
            trafilatura.bare_extraction(page.payload, with_metadata=True)


class Bench:
    """The pages that are timed: relevant ones, with their results after each stage."""

    def __init__(self, paths: list[str]) -> None:
        issues: list[Issue] = []
        self.gazetteer = load_gazetteer(None)
        self.inputs: list[dict[str, Any]] = []
        left_out = 0
        for source in read_sources(paths, issues.append):
            inputs = self._through(source)
            if source.media != "html" or inputs is None or not inputs["normalize"].relevant.value:
                left_out += 1
            else:
                self.inputs.append(inputs)
        self.articles: list[Article] = [inputs["clean"] for inputs in self.inputs]
        self.left_out = left_out + len(issues)

    def _through(self, source: Source) -> dict[str, Any] | None:
        inputs: dict[str, Any] = {SOURCE: source, SITE: frozenset()}
        for stage in STAGES:
            try:
                inputs[stage.name] = self._stage(stage, inputs)
            except Exception:
                return None
        return inputs

    def _stage(self, stage: Any, inputs: dict[str, Any]) -> Any:
        from pipeline.stages import _function

        variant = _function(stage.variant)(inputs) if stage.variant else ""
        return _function(stage.run)(inputs, self.gazetteer, variant)

    def stages(self, *names: str) -> None:
        """Some stages alone, on what the ones before made; one after the other over all pages, as in a run."""
        for stage in STAGES:
            if stage.name in names:
                for inputs in self.inputs:
                    self._stage(stage, inputs)

    def write_copies(self, folder: Path) -> int:
        """Writes the pages out, over and over, and returns how many files that makes."""
        copies = -(-COPIES_TO // len(self.inputs))
        for copy in range(copies):
            for n, inputs in enumerate(self.inputs):
                (folder / f"{copy:03}-{n:06}.html").write_bytes(inputs[SOURCE].payload)
        return copies * len(self.inputs)

    def whole(self, pages: Path) -> None:
        """Clean to load as a user runs it, into an empty folder: with reading, shards and database."""
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out"
            run([str(pages)], out, Plan.of(STAGES), 1)
            with lock(out):
                load(out)

    def trafilatura(self) -> None:
        import trafilatura

        for inputs in self.inputs:
            trafilatura.bare_extraction(inputs[SOURCE].payload, with_metadata=True)

    def word_tokenize(self) -> None:
        from underthesea import word_tokenize

        for article in self.articles:
            word_tokenize(article.text)

    def ner(self) -> float | str:
        """CPU seconds, or why there are none."""
        try:
            from underthesea import ner

            ner("Hà Nội")
            return fastest({"ner": lambda: [ner(article.text) for article in self.articles]}, NER_ROUNDS)["ner"]
        except Exception as error:  # its model may be missing, and must not be fetched here
            return f"underthesea.ner alone: cannot run here ({type(error).__name__}: {error})"


def time_mixed(bench: Bench, general: str) -> None:
    """Prints how a mixed batch compares with trafilatura alone on all of its pages."""
    mixed = Mixed(bench, general)
    parts = {"the cheap look": mixed.look, "clean": mixed.clean, "clean to normalize": mixed.stages, CLEANER: mixed.trafilatura}
    seconds = fastest(parts, MIXED_ROUNDS)
    size = sum(len(page.payload) for page in mixed.pages) // len(mixed.pages)
    print(f"\nmixed batch: {OTHERS} general pages to 1 relevant, {len(mixed.pages)} pages, {size:,} bytes each, {mixed.refused} refused")
    for name in parts:
        print(f"{name:42}{len(mixed.pages):9}{seconds[name]:9.2f}{1000 * seconds[name] / len(mixed.pages):9.2f}")
    print(f"{'trafilatura on all pages / clean':48}{seconds[CLEANER] / seconds['clean']:8.2f}   wanted: at least 8.00")
    print(f"{'trafilatura on all pages / clean to normalize':48}{seconds[CLEANER] / seconds['clean to normalize']:8.2f}")


def main(paths: list[str], general: str | None = None) -> None:
    import logging

    logging.disable(logging.WARNING)
    collect_seldom()
    bench = Bench(paths)
    if not bench.inputs:
        sys.exit("no relevant HTML page to time")
    size = sum(len(inputs[SOURCE].payload) for inputs in bench.inputs)
    text = sum(len(article.text) for article in bench.articles)
    print(f"{len(bench.inputs)} relevant HTML pages, {size:,} bytes, {text:,} characters of text; {bench.left_out} other articles left out")
    alone: dict[str, Callable[[], Any]] = {stage.name: functools.partial(bench.stages, stage.name) for stage in STAGES}
    alone |= {RULES: functools.partial(bench.stages, "extract", "normalize"), CLEANER: bench.trafilatura, WORDS: bench.word_tokenize}
    with tempfile.TemporaryDirectory() as folder:
        pages = bench.write_copies(Path(folder))
        # each part has as many pages as the whole: the shorter one runs, the luckier is its fastest round
        times = pages // len(bench.inputs)
        parts: dict[str, Callable[[], Any]] = {name: functools.partial(repeat, work, times) for name, work in alone.items()}
        parts[WHOLE] = lambda: bench.whole(Path(folder))
        seconds = fastest(parts, ROUNDS)
    timings = {name: Timing(name, pages, value) for name, value in seconds.items()}
    named = bench.ner()
    if isinstance(named, float):
        timings[NER] = Timing(NER, len(bench.inputs), named)
    print(f"{'':42}{'articles':>9}{'CPU s':>9}{'ms each':>9}{'a second':>10}")
    for timing in timings.values():
        print(f"{timing.what:42}{timing.articles:9}{timing.seconds:9.2f}{timing.each:9.2f}{timing.rate:10.1f}")
    if isinstance(named, str):
        print(named)
    if general:
        time_mixed(bench, general)
    for what, ratio, wanted in ratios({name: timing.each for name, timing in timings.items()}):
        print(f"{what:48}{ratio:8.2f}   {wanted}".rstrip())


def ratios(each: dict[str, float]) -> list[tuple[str, float, str]]:
    """What the figures come to, with what is wanted."""
    found = [
        ("whole pipeline / (trafilatura + word_tokenize)", each[WHOLE] / (each[CLEANER] + each[WORDS]), "wanted: at most 1.50"),
        (f"{RULES} / segment", each[RULES] / each["segment"], "wanted: at most 0.25"),
        ("clean / trafilatura", each["clean"] / each[CLEANER], ""),
        ("segment / word_tokenize", each["segment"] / each[WORDS], ""),
        *((f"{stage.name} / whole pipeline", each[stage.name] / each[WHOLE], "") for stage in STAGES),
    ]
    if NER in each:
        found.append(("underthesea.ner / whole pipeline", each[NER] / each[WHOLE], ""))
    return found


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Times the pipeline against its costliest parts alone.")
    arguments.add_argument("sources", nargs="+")
    arguments.add_argument("--general", help="articles about other things (JSONL with text), for the mixed batch")
    given = arguments.parse_args()
    main(given.sources, given.general)
