"""Addresses that a token may be sent to, and those that it may not."""

import pytest

from adapters.configuration.organisation_url import address_trouble


@pytest.mark.parametrize(
    "url",
    [
        "https://dev.azure.com/mhhs",
        "https://dev.azure.com/mhhs/",
        "https://DEV.azure.com:443/mhhs",
        "https://mhhs.visualstudio.com",
        "http://127.0.0.1:8080/mhhs",
        "http://127.8.9.10/mhhs",
        "http://[::1]:8080/mhhs",
        "http://localhost:8080/mhhs",
    ],
)
def test_an_organisation_of_the_services_or_of_this_machine_is_taken(url: str) -> None:
    assert address_trouble(url, server=False) is None


@pytest.mark.parametrize("url", ["https://tfs.mhhs.example/tfs/DefaultCollection", "https://10.1.2.3:8443/Default"])
def test_a_server_of_ones_own_has_to_be_called_one(url: str) -> None:
    assert address_trouble(url, server=True) is None
    assert address_trouble(url, server=False) == (
        "is neither dev.azure.com nor *.visualstudio.com",
        "correct it; add `server = true` if it is an Azure DevOps Server of your own",
    )


HTTPS = "does not begin with https://, without which the token could be read on its way"
NUMBER = "has a host that is a number"
NOBODYS = "is an address that no server has"
NOT_ASCII = "holds a character that is not plain ASCII, or a blank"
NO_ADDRESS = "is not an address"
NOT_PLAIN = "has a host that is not a plain name"
ORGANISATION = "does not name an organisation, and nothing else"
PATH = "has a path that is not made of plain names"
USER = "holds a user name or a password"
AFTER = "has something after ? or #"


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://dev.azure.com/mhhs", HTTPS),
        ("ftp://dev.azure.com/mhhs", HTTPS),
        ("http://localhost.evil.example/mhhs", HTTPS),
        ("http://10.0.0.1/mhhs", HTTPS),
        ("https://dev.azure.com@evil.example/mhhs", USER),
        ("https://user:password@dev.azure.com/mhhs", USER),
        ("https://@dev.azure.com/mhhs", USER),
        ("https://evil.example#dev.azure.com/mhhs", AFTER),
        ("https://dev.azure.com/mhhs?x=1", AFTER),
        ("https://dev.azure.com/mhhs#", AFTER),
        ("https://169.254.169.254/mhhs", NOBODYS),
        ("https://[::ffff:169.254.169.254]/mhhs", NOBODYS),
        ("https://[fe80::1]/mhhs", NOBODYS),
        ("https://[fe80::1%25eth0]/mhhs", NOBODYS),
        ("https://0.0.0.0/mhhs", NOBODYS),
        ("https://224.0.0.1/mhhs", NOBODYS),
        ("https://2852039166/mhhs", NUMBER),
        ("https://0xA9FEA9FE/mhhs", NUMBER),
        ("https://169.254.43518/mhhs", NUMBER),
        ("https://0251.0376.0251.0376/mhhs", NUMBER),
        ("https://dev.azure.c\u043em/mhhs", NOT_ASCII),
        ("https://dev.azure.com/mhhs ", NOT_ASCII),
        ("https://dev.azure.com\\@evil.example/mhhs", NOT_ASCII),
        ("https://dev.azure.com/mh\nhs", NOT_ASCII),
        ("https://dev.azure.xn--cm-fka/mhhs", "has an internationalised host name, which can look like another"),
        ("https://dev_azure.com/mhhs", NOT_PLAIN),
        ("https://dev.azure.com./mhhs", NOT_PLAIN),
        ("https://-dev.azure.com/mhhs", NOT_PLAIN),
        ("https://dev.azure.com:0/mhhs", NO_ADDRESS),
        ("https://dev.azure.com:99999/mhhs", NO_ADDRESS),
        ("https://[dev.azure.com/mhhs", NO_ADDRESS),
        ("https:///mhhs", NO_ADDRESS),
        ("dev.azure.com/mhhs", NO_ADDRESS),
        ("", NO_ADDRESS),
        ("https://dev.azure.com", ORGANISATION),
        ("https://dev.azure.com/mhhs/MHHS", ORGANISATION),
        ("https://dev.azure.com/..", PATH),
        ("https://dev.azure.com/mhhs//x", PATH),
        ("https://dev.azure.com/mh%2fhs", PATH),
        ("https://mhhs.visualstudio.com/MHHS", "names more than the organisation"),
    ],
)
def test_an_address_that_is_not_what_it_seems_is_refused(url: str, what: str) -> None:
    trouble = address_trouble(url, server=True)
    assert trouble is not None
    assert trouble[0] == what


@pytest.mark.parametrize("url", ["https://dev.azure.com.evil.example/mhhs", "https://evil-dev.azure.com/mhhs"])
def test_a_host_that_only_resembles_the_services_is_refused(url: str) -> None:
    trouble = address_trouble(url, server=False)
    assert trouble is not None
    assert trouble[0] == "is neither dev.azure.com nor *.visualstudio.com"
