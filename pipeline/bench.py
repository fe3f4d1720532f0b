"""Times the pipeline against its costliest parts alone, in one run, on the same articles: `python -m pipeline.bench SOURCE...`

Ratios are what counts, since they hold on any machine: clean to load against trafilatura and word_tokenize together, and all
rules against the segmentation. Only relevant HTML pages are timed, in one process. Imports and models are loaded before the
clock starts; each part runs several times and the fastest counts. The whole pipeline runs over many copies of the pages,
so that what is done once a run, such as creating tables, weighs as little as it does in real use.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.load import load
from pipeline.records import Article, Issue, Source
from pipeline.run import run
from pipeline.sources import read_sources
from pipeline.stages import SOURCE, STAGES, Plan, load_gazetteer, wants_words
from pipeline.store import lock

ROUNDS = 3
NER_ROUNDS = 1  # it takes longer than all the rest together
COPIES_TO = 300  # pages that the whole pipeline runs over, at least


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


def fastest(rounds: int, work: Callable[[], Any]) -> float:
    """Seconds of the fastest of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


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
        inputs: dict[str, Any] = {SOURCE: source}
        for stage in STAGES:
            try:
                inputs[stage.name] = self._stage(stage, inputs)
            except Exception:
                return None
        return inputs

    def _stage(self, stage: Any, inputs: dict[str, Any]) -> Any:
        from pipeline.stages import _function

        variant = wants_words(inputs, self.gazetteer) if stage.variant else ""
        return _function(stage.run)(inputs, self.gazetteer, variant)

    def stages(self) -> list[Timing]:
        """Each stage alone, on what the one before made."""

        def work(stage: Any) -> Callable[[], None]:
            def each() -> None:
                for inputs in self.inputs:
                    self._stage(stage, inputs)

            return each

        return [Timing(stage.name, len(self.inputs), fastest(ROUNDS, work(stage))) for stage in STAGES]

    def whole(self) -> Timing:
        """Clean to load as a user runs it, into an empty folder: with reading, shards and database."""
        copies = -(-COPIES_TO // len(self.inputs))
        with tempfile.TemporaryDirectory() as folder:
            pages = Path(folder) / "pages"
            pages.mkdir()
            for copy in range(copies):
                for n, inputs in enumerate(self.inputs):
                    (pages / f"{copy:03}-{n:06}.html").write_bytes(inputs[SOURCE].payload)
            plan = Plan.of(STAGES)
            rounds = iter(range(ROUNDS))

            def work() -> None:
                out = Path(folder) / f"out{next(rounds)}"
                run([str(pages)], out, plan, 1)
                with lock(out):
                    load(out)

            return Timing("whole pipeline, with reading and writing", copies * len(self.inputs), fastest(ROUNDS, work))

    def trafilatura(self) -> Timing:
        import trafilatura

        def work() -> None:
            for inputs in self.inputs:
                trafilatura.bare_extraction(inputs[SOURCE].payload, with_metadata=True)

        return Timing("trafilatura alone", len(self.inputs), fastest(ROUNDS, work))

    def word_tokenize(self) -> Timing:
        from underthesea import word_tokenize

        def work() -> None:
            for article in self.articles:
                word_tokenize(article.text)

        return Timing("underthesea.word_tokenize alone", len(self.articles), fastest(ROUNDS, work))

    def ner(self) -> Timing | str:
        """The timing, or why there is none."""
        try:
            from underthesea import ner

            ner("Hà Nội")

            def work() -> None:
                for article in self.articles:
                    ner(article.text)

            return Timing("underthesea.ner alone", len(self.articles), fastest(NER_ROUNDS, work))
        except Exception as error:  # its model may be missing, and must not be fetched here
            return f"underthesea.ner alone: cannot run here ({type(error).__name__}: {error})"


def main(paths: list[str]) -> None:
    import logging

    logging.disable(logging.WARNING)
    bench = Bench(paths)
    if not bench.inputs:
        sys.exit("no relevant HTML page to time")
    size = sum(len(inputs[SOURCE].payload) for inputs in bench.inputs)
    text = sum(len(article.text) for article in bench.articles)
    print(f"{len(bench.inputs)} relevant HTML pages, {size:,} bytes, {text:,} characters of text; {bench.left_out} other articles left out")
    stages = {timing.what: timing for timing in bench.stages()}
    whole, cleaned, words, named = bench.whole(), bench.trafilatura(), bench.word_tokenize(), bench.ner()
    print(f"{'':42}{'articles':>9}{'seconds':>9}{'ms each':>9}{'a second':>10}")
    for timing in [*stages.values(), whole, cleaned, words, named]:
        if isinstance(timing, str):
            print(timing)
        else:
            print(f"{timing.what:42}{timing.articles:9}{timing.seconds:9.2f}{timing.each:9.2f}{timing.rate:10.1f}")
    rules = stages["extract"].each + stages["normalize"].each
    ratios = [
        ("whole pipeline / (trafilatura + word_tokenize)", whole.each / (cleaned.each + words.each), "wanted: at most 1.50"),
        ("rules (extract + normalize) / segment", rules / stages["segment"].each, "wanted: at most 0.25"),
        ("clean / trafilatura", stages["clean"].each / cleaned.each, ""),
        ("segment / word_tokenize", stages["segment"].each / words.each, ""),
        ("extract / whole pipeline", stages["extract"].each / whole.each, ""),
        ("normalize / whole pipeline", stages["normalize"].each / whole.each, ""),
    ]
    if isinstance(named, Timing):
        ratios.append(("underthesea.ner / whole pipeline", named.each / whole.each, ""))
    for what, ratio, wanted in ratios:
        print(f"{what:48}{ratio:8.2f}   {wanted}".rstrip())


if __name__ == "__main__":
    main(sys.argv[1:])
