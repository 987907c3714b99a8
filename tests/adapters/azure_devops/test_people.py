"""People, in whatever form Azure DevOps shows them."""

import pytest

from adapters.azure_devops.people import sign_in_of, spelled


@pytest.mark.parametrize(
    ("shown", "sign_in"),
    [
        pytest.param(
            {"displayName": "Tess Hall", "uniqueName": "Tess.Hall@st.example"}, "tess.hall@st.example", id="usual"
        ),
        pytest.param({"uniqueName": "tess.hall@st.example", "id": "1"}, "tess.hall@st.example", id="without a name"),
        pytest.param({"displayName": "CI", "uniqueName": "Build\\7d1c"}, "build\\7d1c", id="a service of a pipeline"),
        pytest.param({"displayName": "Bot", "uniqueName": "22157d54-1821"}, "22157d54-1821", id="a service principal"),
        pytest.param(
            {"displayName": "A <b@c>", "uniqueName": "x@y"}, "x@y", id="a name that looks like another sign-in"
        ),
        pytest.param({"displayName": "A\nB", "uniqueName": "x@y"}, "x@y", id="a name of two lines"),
        pytest.param({"displayName": "Gone", "uniqueName": None}, "gone", id="a name alone"),
        pytest.param({"displayName": "Gone", "uniqueName": ""}, "gone", id="an empty sign-in"),
        pytest.param({"id": "1", "descriptor": "aad.x"}, "", id="neither"),
        pytest.param({}, "", id="nothing"),
        pytest.param(None, "", id="nobody"),
        pytest.param(7, "", id="a number"),
        pytest.param(["Tess"], "", id="a list"),
    ],
)
def test_an_object_gives_its_sign_in_in_small_letters(shown: object, sign_in: str) -> None:
    assert sign_in_of(spelled(shown) or "") == sign_in


@pytest.mark.parametrize(
    ("text", "sign_in"),
    [
        pytest.param("Tess Hall <Tess.Hall@st.example>", "tess.hall@st.example", id="usual"),
        pytest.param("Tess Hall <ST\\tess>", "st\\tess", id="of a domain"),
        pytest.param("Tess <old@x> <tess@st.example> ", "tess@st.example", id="two, of which the last counts"),
        pytest.param("tess.hall@st.example", "tess.hall@st.example", id="alone"),
        pytest.param("Tess Hall", "tess hall", id="a name alone"),
        pytest.param("Tess <>", "tess <>", id="an empty sign-in"),
        pytest.param("", "", id="nobody"),
    ],
)
def test_a_text_gives_its_sign_in_in_small_letters(text: str, sign_in: str) -> None:
    assert sign_in_of(text) == sign_in
