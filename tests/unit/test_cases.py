"""The cases of tests/cases hold, every rule has one it takes and one it refuses, and the reader of cases is strict."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from cases import reader
from cases.reader import CaseError

CASES = reader.read_folder()
AROUNDS = reader.read_arounds(reader.FOLDER / "around.txt")
KNOWN = reader.read_known_failures()


def _param(case: reader.Case):
    marks = [pytest.mark.xfail(reason=KNOWN[case.id], strict=True)] if case.id in KNOWN else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [_param(case) for case in CASES])
def test_case(case):
    assert reader.differences(case, AROUNDS) == [], f"{case.where} {case.text}"


def test_every_rule_has_a_case_that_it_takes_and_one_that_it_refuses():
    for stance in ("takes", "refuses"):
        assert reader.declared_rules_once() - {case.rule for case in CASES if case.stance == stance} == set(), stance


def test_known_failures_are_cases():
    assert set(KNOWN) - {case.id for case in CASES} == set()


def test_the_page_of_rules_shows_the_cases_as_they_are():
    page = reader.rule_list_page(CASES)
    assert reader.RULE_LIST.read_text("utf-8") == page, "renew it: python tests/cases/reader.py"


# --- the reader --------------------------------------------------------------------------------------------------------------

HEAD = "group: awards\nfields: award level recipient status\n"
CASE = "## one: takes awards.recipient.after_for\n"


def _read(tmp_path: Path, text: str) -> list[reader.Case]:
    path = tmp_path / "awards.txt"
    path.write_text(text, "utf-8")
    return reader.read_file(path)


def test_tags_become_entries_with_their_places(tmp_path):
    text = "Trao [award: Cờ thi đua] của [1,2.level=province: UBND tỉnh] cho [recipient: Sở Y tế];\nvà [2.award: Bằng khen]\n= *.status: conferred\n"
    (case,) = _read(tmp_path, HEAD + CASE + text)
    assert case.text == "Trao Cờ thi đua của UBND tỉnh cho Sở Y tế;\n\nvà Bằng khen"
    assert case.expected() == {
        1: {"award": "Cờ thi đua", "level": "province", "recipient": "Sở Y tế", "status": "conferred"},
        2: {"award": "Bằng khen", "level": "province", "recipient": None, "status": "conferred"},
    }
    assert [case.text[tag.start : tag.end] for tag in case.tags] == ["Cờ thi đua", "UBND tỉnh", "Sở Y tế", "Bằng khen"]


def test_tags_stand_inside_each_other(tmp_path):
    (case,) = _read(tmp_path, HEAD + CASE + "đạt [award: Chiến sĩ thi đua [level=grassroots: cơ sở]]\n= recipient: none\n")
    assert case.expected()[1]["award"] == "Chiến sĩ thi đua cơ sở"
    assert case.expected()[1]["level"] == "grassroots"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + CASE + "Trao [award: Cờ thi đua\n", "is not closed"),
        (HEAD + CASE + "Trao Cờ thi đua] cho Sở Y tế\n", "a ] without its ["),
        (HEAD + CASE + "Trao [award Cờ thi đua]\n", "a tag reads"),
        (HEAD + CASE + "Trao [award: ]\n", "an empty tag"),
        (HEAD + CASE + "Trao [prize: Cờ thi đua]\n", "unknown field prize"),
        (HEAD + CASE + "Trao [count: 02] Cờ thi đua\n", "unknown field count"),
        (HEAD + CASE + "Trao Cờ thi đua\n= prize: Cờ\n", "unknown field prize"),
        (HEAD + CASE + "Trao Cờ thi đua\n= award Cờ\n", "a value reads"),
        (HEAD + CASE + "@near review\nTrao Cờ thi đua\n", "a setting reads"),
        (HEAD + CASE + "@fields prize\nTrao Cờ thi đua\n", "unknown field prize"),
        (HEAD + CASE + "Trao Cờ thi đua\n@around review\n", "settings stand before"),
        (HEAD + CASE + "Trao Cờ thi đua cho Sở Y tế\n", "asserts nothing"),
        (HEAD + CASE + "Trao Cờ thi đua\n= *.status: conferred\n", "names none"),
        (HEAD + CASE + "Trao [award: Cờ thi đua]\n= nothing\n", "and yet has tags"),
        (HEAD + CASE + "Trao Cờ thi đua\n= nothing\n", "takes a rule and yet finds nothing"),
        (HEAD + CASE + "= award: Cờ thi đua\n", "has no text"),
        (HEAD + CASE + "[award: Cờ thi đua]\n" + CASE + "[award: Cờ thi đua]\n", "stands twice"),
        (HEAD + "## one: takes awards.unheard_of\n[award: Cờ]\n", "declares no rule"),
        (HEAD + "## one: finds awards.name\n[award: Cờ]\n", "a case begins with"),
        (HEAD + "Trao [award: Cờ thi đua]\n", "the head of a file"),
        ("group: prizes\n", "unknown group prizes"),
        ("group: awards\nfields: prize\n" + CASE, "unknown field prize"),
        ("group: awards\n" + CASE + "[award: Cờ]\n", 'no "fields"'),
        (HEAD, "no case"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path, text, said):
    with pytest.raises(CaseError, match=r"^awards\.txt") as error:
        _read(tmp_path, text)
    assert said in str(error.value)


@pytest.mark.parametrize(("text", "said"), [("## a\nTin\n", "needs one line"), ("## a\n...\n...\n", "needs one line")])
def test_an_article_around_needs_one_hole(tmp_path, text, said):
    path = tmp_path / "around.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(CaseError, match=said):
        reader.read_arounds(path)


@pytest.mark.parametrize("text", ["awards/one\n", "one: why\n", "awards/one: why\nawards/one: why\n"])
def test_known_failures_are_read_strictly(tmp_path, text):
    path = tmp_path / "known_failures.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(CaseError):
        reader.read_known_failures(path)


def _differences(tmp_path: Path, text: str) -> list[str]:
    (case,) = _read(tmp_path, HEAD + text)
    return reader.differences(case, AROUNDS)


SENTENCE = "Nhân dịp này, Hội nghị trao [award: Cờ thi đua] của UBND tỉnh cho [recipient: Sở Y tế]; Sở Nội vụ dự."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CASE + "@around review\n" + SENTENCE.replace("[recipient: Sở Y tế]", "Sở Y tế"), "missing"),
        (CASE + "@around review\n" + SENTENCE + "\n= level: government\n= status: conferred\n", "missing"),
        (CASE + "@around review\n" + SENTENCE + "\n= 1,2.level: province\n= *.status: conferred\n", "missing"),
        (CASE.replace("after_for", "subject") + "@around review\n" + SENTENCE + "\n= level: province\n= status: conferred\n", "found nothing"),
        ("## one: refuses awards.recipient.after_for\n@around review\n" + SENTENCE + "\n= level: province\n= status: conferred\n", "found something"),
        ("## one: refuses awards.recipient.subject\n@around review\n" + SENTENCE.replace("[award: Cờ thi đua]", "Cờ thi đua")
         .replace("[recipient: Sở Y tế]", "Sở Y tế") + "\n= nothing\n", "too many"),
        (CASE + "@around review\nNhân dịp này, trao [award: Cờ thi đua] của UBND tỉnh cho Sở Y tế và [recipient=Sở Y tế: Sở Nội vụ] dự.\n"
         "= level: province\n= status: conferred\n", "missing"),
    ],
)  # fmt: skip
def test_a_wrong_record_is_told_from_a_right_one(tmp_path, text, said):
    assert any(said in wrong for wrong in _differences(tmp_path, text))


def test_evidence_must_stand_where_the_case_marks_it(tmp_path):
    text = CASE + "@around review\n" + SENTENCE.replace("[recipient: Sở Y tế]", "Sở Y tế").replace("Sở Nội vụ", "[recipient=Sở Y tế: Sở Nội vụ]")
    assert "found elsewhere: ['recipient']" in _differences(tmp_path, text + "\n= level: province\n= status: conferred\n")[0]


def test_the_lines_of_the_docs_that_show_symbols_run(capsys):
    page = (reader.RULE_LIST.parent / "rules.md").read_text("utf-8")
    exec(textwrap.dedent(page.split("```python\n")[1].split("```")[0]), {})
    assert capsys.readouterr().out == "wfAGUw\n"
