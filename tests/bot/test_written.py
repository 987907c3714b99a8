"""The bot's mark: what is written is read back, it fits its field, and people's words are not taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.written import HEAD, LIMIT, Written, digest_of, read_mark, read_signature, signature
from tests.bot.world import a_defect

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1).filter(str.strip)
MARKS = st.builds(
    Written,
    run=st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
    rule=st.sampled_from(["agree", "follow", "propose", "raise", "retest"]),
    reason=WORDS,
    digest=st.one_of(st.just(""), st.from_regex(r"[0-9a-f]{16}", fullmatch=True)),
    number=st.sampled_from(["", "5.2.16.0", "999999.999999.999999.999999"]),
    head=st.one_of(st.just(""), st.from_regex(r"[0-9a-f]{64}", fullmatch=True)),
)


@given(MARKS)
def test_a_mark_is_read_back_as_it_was_written(mark: Written) -> None:
    read = read_mark(str(mark))

    assert read is not None
    assert (read.run, read.rule, read.digest, read.number) == (mark.run, mark.rule, mark.digest, mark.number)
    assert read.head == mark.head[:HEAD]
    assert mark.reason.startswith(read.reason)


@given(MARKS)
def test_a_mark_fits_its_field(mark: Written) -> None:
    assert len(str(mark)) <= LIMIT


@given(MARKS)
def test_a_mark_that_was_cut_and_trimmed_still_tells_all_but_its_reason(mark: Written) -> None:
    read = read_mark(str(mark).strip())

    assert read is not None
    assert (read.digest, read.number, read.head) == (mark.digest, mark.number, mark.head[:HEAD])


def test_a_short_reason_is_kept_whole() -> None:
    mark = Written("r1", "agree", "agreed by dev; on Mon; late", "0" * 16, "5.2.16.0")

    assert read_mark(str(mark)) == mark


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("agreed by Dev on Monday", id="a note of a person"),
        pytest.param("run ; rule ; number -; text -; ", id="a mark with nothing in it"),
        pytest.param("see: run r1; rule agree; number -; text -; why", id="a mark that is quoted"),
    ],
)
def test_what_people_write_there_is_no_mark(text: str) -> None:
    assert read_mark(text) is None


@given(MARKS)
def test_the_signature_in_a_history_is_read_back_whatever_it_quotes_before(mark: Written) -> None:
    quoted = f"asked for by dev: {signature('another', 'propose')}"

    assert read_signature(f"{quoted}\n{signature(mark.run, mark.rule)}") == Written(mark.run, mark.rule, "")


@pytest.mark.parametrize("text", ["", "Shunter moved it.", "Shunter, run , rule retest.", "run r1; rule agree"])
def test_what_else_stands_in_a_history_is_no_signature(text: str) -> None:
    assert read_signature(text) is None


def test_equal_values_have_equal_digests_and_others_do_not() -> None:
    assert digest_of(a_defect(1).found_in) == digest_of(a_defect(2).found_in)
    assert digest_of(("SIT-A", 1)) != digest_of(("SIT-A", "1"))


def test_a_digest_stays_the_same_from_one_version_of_the_bot_to_the_next() -> None:
    assert digest_of(("SIT-A", 123)) == "e99055e76f42435d"
