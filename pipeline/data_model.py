"""Writes `docs/data-model.md` from the schema: python -m pipeline.data_model."""

from __future__ import annotations

from pipeline.schema import TABLES
from pipeline.views import all_views

# A thing, then its names in the database, in the plain record (and gold), in `records.py`, in the score, and in the ids of rules.
_NAMES = (
    ("article", "`articles`", "the record itself", "`Record`", "DOCUMENT", "`relevance`, `clean`, `provinces`"),
    ("meeting", "`meetings`", "`meetings`", "`Meeting`", "MEETING", "`meetings`"),
    ("who chairs it", "`meeting_chairs`", "`chairs` of a meeting", "`Party`", "CHAIRS", "`chairs`, `parties`"),
    ("who takes part", "`meeting_participants`", "`participants` of a meeting", "`Party`", "PARTICIPANTS", "`participants`, `parties`"),
    ("who leads a bloc", "`leadership`", "`leadership`", "`Leader`", "LEADERSHIP", "`leadership`"),
    ("award", "`awards`", "`awards`", "`Award`", "AWARDS", "`awards`"),
    ("document cited", "`citations`", "`cited`", "`Citation`", "CITED", "`cited`"),
    ("evidence of a value", "`mentions`, view `evidence`", "with `--evidence`", "`Slot`", "", ""),
    ("unit, one for all spellings", "`units.id`, `unit_id`", "", "`unit_key`, `recipient_key`", "", ""),
    ("kind of unit, a row of gazetteers/units.csv", "`units.gazetteer_code`", "", "`unit_code`", "", ""),
    ("kind of award, a row of gazetteers/awards.csv", "`award_types.code`, `award_code`", "", "`Award.code`", "", ""),
    ("province, a row of gazetteers/provinces.csv", "`provinces.code`, by its time `province_id`", "", "`province_code`", "", ""),
)  # fmt: skip


def data_model() -> str:
    """The text of `docs/data-model.md`."""
    lines = [
        "# Data model",
        "",
        "Made from `pipeline/schema.py` and `pipeline/views.py` by `make docs`; a test fails when the two differ.",
        "The same words stand as comments in the database.",
        "",
        "Offsets count Unicode code points of `articles.text`, from 0, end excluded. Unknown is always NULL.",
        "Values are in NFC, with Đ for its look-alike Ð, however the article is typed, so that `=` finds them;",
        "texts, addresses and the ids of articles are as found.",
        "Dashes and quotes are as written, and one body may have several names: for all that is told of one, ask for its `unit_id`.",
        "*found*: the value was found in a text and has its evidence in `mentions`.",
        "",
        "## What a thing is called where",
        "",
        "| | Database | Plain record and gold | `records.py` | Score | Rules |",
        "|---|---|---|---|---|---|",
        *(f"| {' | '.join(names)} |" for names in _NAMES),
        "",
        "## Tables",
    ]
    for table in TABLES:
        lines += ["", f"### {table.name}", "", table.comment, "", "| Column | Type | | Meaning |", "|---|---|---|---|"]
        for column in table.columns:
            marks = ["key"] * column.key + ["required"] * column.required + ["found"] * column.found
            if column.references:
                marks.append(f"→ {column.references}")
            meaning = column.comment + (f" One of {', '.join(f'`{word}`' for word in column.among)}." if column.among else "")
            kind = column.type.replace("|", "\\|")
            lines.append(f"| `{column.name}` | {kind} | {', '.join(marks)} | {meaning.replace('|', chr(92) + '|')} |")
        lines += [""] * bool(table.checks) + [f"Check: `{check}`" for check in table.checks]
    lines += ["", "## Views"]
    for view in all_views():
        lines += ["", f"### {view.name}", "", view.comment, "", "| Column | Meaning |", "|---|---|"]
        lines += [f"| `{name}` | {meaning} |" for name, meaning in view.meanings().items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(data_model(), end="")
