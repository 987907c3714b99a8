"""A secret is shown to whoever asks for it by name, and to nobody else."""

import copy
import json
import pickle
import traceback
from dataclasses import asdict, dataclass

import pytest

from adapters.configuration.secret import Secret

VALUE = "hunter2-canary"


@dataclass(frozen=True)
class Holder:
    secret: Secret


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(str(Secret(VALUE)), id="str"),
        pytest.param(repr(Secret(VALUE)), id="repr"),
        pytest.param(f"{Secret(VALUE)}", id="format"),
        pytest.param(f"{Secret(VALUE):>40}", id="format with a width"),
        pytest.param("%s" % Secret(VALUE), id="percent"),  # noqa: UP031 - the older way is what is tried
        pytest.param(f"{Secret(VALUE)!r:.3}", id="cut"),
    ],
)
def test_as_text_it_is_three_stars(shown: str) -> None:
    assert shown == "***"


def test_it_reveals_itself_when_asked() -> None:
    assert Secret(VALUE).reveal() == VALUE


def test_it_does_not_travel_in_a_pickle() -> None:
    data = pickle.dumps(Holder(Secret(VALUE)))
    assert VALUE.encode() not in data
    assert pickle.loads(data).secret.reveal() == "***"


def test_a_copy_in_this_process_still_works() -> None:
    holder = Holder(Secret(VALUE))
    assert copy.copy(holder).secret.reveal() == VALUE
    assert copy.deepcopy(holder).secret.reveal() == VALUE
    assert str(asdict(holder)) == "{'secret': ***}"


def test_json_does_not_take_it() -> None:
    with pytest.raises(TypeError):
        json.dumps({"token": Secret(VALUE)})


def test_it_is_not_in_a_traceback() -> None:
    try:
        raise ValueError(Secret(VALUE))
    except ValueError:
        assert VALUE not in traceback.format_exc()
