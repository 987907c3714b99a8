"""The comparison with peers: a small one comes to its end, and every contender has done the whole work."""

from __future__ import annotations

import pytest

from tests.benchmarks.peers.__main__ import main


@pytest.mark.slow
def test_a_small_comparison_comes_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--sizes", "3", "--moves", "2", "--repeats", "1", "--latency", "0", "--without-simple-ado"])

    told = capsys.readouterr().out
    assert "3 defects, cold" in told
    assert "3 defects, again, nothing changed" in told
    assert "2 defects moved to retest" in told
    assert told.count("SDK, one GET an item") == 2
