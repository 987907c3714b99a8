"""The clients of the SDK: which host each part of Azure DevOps is asked at."""

import pytest

from adapters.azure_devops.clients import release_url


@pytest.mark.parametrize(
    ("organisation", "releases"),
    [
        pytest.param("https://dev.azure.com/mhhs", "https://vsrm.dev.azure.com/mhhs", id="another host of the service"),
        pytest.param("https://mhhs.visualstudio.com", "https://mhhs.vsrm.visualstudio.com", id="its former names too"),
        pytest.param("https://ado.si.example/tfs/Main", "https://ado.si.example/tfs/Main", id="a server of one's own"),
        pytest.param("http://127.0.0.1:8080/org", "http://127.0.0.1:8080/org", id="the sandbox"),
        pytest.param("https://xdev.azure.com/mhhs", "https://xdev.azure.com/mhhs", id="a name that ends alike"),
    ],
)
def test_releases_are_asked_for_at(organisation: str, releases: str) -> None:
    assert release_url(organisation) == releases
