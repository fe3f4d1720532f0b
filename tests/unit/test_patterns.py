"""Patterns told letter by letter find what they find told as a whole."""

from __future__ import annotations

import re

import pytest

from pipeline.patterns import begun, whole_words

TEXT = "tại trụ sở, tham dự; đến dự lễ (về dự), tới thăm và tặng quà cho bà con; họp tại sở, tỉnh và xã; tập thể, danh dự"


@pytest.mark.parametrize(
    "alternatives",
    [
        "tại|tới|về|tham dự",
        "t[ạớ]i|(?:đến|tới|về) (?:dự|thăm)|tặng(?: quà)?",
        "dự(?<!danh dự)|tập thể|(?:sở|tỉnh)(?=[,; ])",
        r"họp(?: \w+){0,2}|xã|lễ \((?:về|đến)",
    ],
)
def test_the_same_is_found(alternatives):
    def found(pattern):
        return [m.span() for m in re.finditer(pattern, TEXT)]

    assert found(begun(alternatives)) == found(rf"(?<!\w)(?:{alternatives})") != []
    assert found(begun(alternatives, behind="")) == found(rf"(?:{alternatives})")
    assert found(whole_words(alternatives)) == found(rf"(?<!\w)(?:{alternatives})(?!\w)")
