"""The scores that were once reached on the corpus hold."""

from pathlib import Path

from typer.testing import CliRunner

from pipeline.cli import app

GOLD = Path(__file__).resolve().parent.parent.parent / "corpus" / "gold"


def test_no_score_on_the_corpus_is_under_its_floor():
    result = CliRunner().invoke(app, ["floors", str(GOLD), "--jobs", "1"])
    assert result.exit_code == 0, f"{result.stdout}{result.stderr}(thidua score {GOLD.name} --errors tells where)"
