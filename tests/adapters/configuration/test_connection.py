"""Addresses and projects that are not what they seem."""

from pathlib import Path

from adapters.configuration.load import load
from tests.adapters.configuration.a_file import ENVIRON, Cases, changed, told
from tests.golden_text import Golden

CASES: Cases = {
    "a project that is two segments": [('project = "MHHS"', 'project = "A/B"')],
    "a project that is two segments, encoded": [('project = "MHHS"', 'project = "A%2F..%2FB"')],
    "a project that is the folder above": [('project = "MHHS"', 'project = ".."')],
    "a project with a query": [('project = "MHHS"', 'project = "A?x"')],
    "a project with a fragment": [('project = "MHHS"', 'project = "A#x"')],
    "an empty project": [('project = "MHHS"', 'project = ""')],
    "an organisation without https": [("https://", "http://")],
    "authorities that are not there": [('project = "MHHS"', 'project = "MHHS"\nca_file = "nowhere.pem"')],
    "authorities that are none": [('project = "MHHS"', 'project = "MHHS"\nca_file = "config.toml"')],
    "a proxy with a password": [
        ('project = "MHHS"', 'project = "MHHS"\nproxy = "http://me:hunter2@proxy.example:8080"')
    ],
    "a proxy with a user": [('project = "MHHS"', 'project = "MHHS"\nproxy = "http://me@proxy.example:8080"')],
    "a proxy of another kind": [('project = "MHHS"', 'project = "MHHS"\nproxy = "socks5://proxy.example:1080"')],
    "a proxy without a scheme": [('project = "MHHS"', 'project = "MHHS"\nproxy = "proxy.example:8080"')],
    "a proxy with a path": [('project = "MHHS"', 'project = "MHHS"\nproxy = "http://proxy.example:8080/wpad.dat"')],
    "a proxy that is a number": [('project = "MHHS"', 'project = "MHHS"\nproxy = "http://2852039166:8080"')],
    "a proxy that gives out secrets": [('project = "MHHS"', 'project = "MHHS"\nproxy = "http://169.254.169.254"')],
    "a proxy of two lines": [('project = "MHHS"', 'project = "MHHS"\nproxy = "http://proxy.example\\n:80"')],
}


def test_a_proxy_is_used_as_it_stands_there_and_by_default_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(changed(('project = "MHHS"', 'project = "MHHS"\nproxy = "http://proxy.example:8080/"')))
    assert load(file, ENVIRON).connection.proxy == "http://proxy.example:8080"
    file.write_text(changed())
    assert load(file, ENVIRON | {"https_proxy": "http://evil.example"}).connection.proxy == ""


def test_every_mistake_in_the_connection_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/connection.txt")
