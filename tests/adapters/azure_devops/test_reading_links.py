"""A link leads to a work item by the number at the end of its address, and to nothing where that is not one."""

import pytest

from adapters.azure_devops.node import Node
from adapters.azure_devops.reading import relation

BASE = "https://dev.azure.com/mhhs/b7b9ea4e-7a0c-4f0e-9c47-2f5a0f6e9d11/_apis/wit"


def target(url: str, rel: str = "System.LinkTypes.Related") -> int | None:
    return relation(Node({"rel": rel, "url": url}, "GET work item 1")).target


@pytest.mark.parametrize("url", [f"{BASE}/workItems/123", f"{BASE}/workitems/123", f"{BASE}/workItems/123/"])
def test_the_number_at_the_end_is_the_work_item(url: str) -> None:
    assert target(url) == 123


@pytest.mark.parametrize(
    "end",
    [
        *("1/../../$batch", "1?bypassRules=true", "01", "-1", "1e3", "12345678901", "true", "", "1 OR 1=1"),
        *("1#2", "\uff11", "1\n2"),
    ],
)
def test_what_is_no_number_is_no_work_item(end: str) -> None:
    assert target(f"{BASE}/workItems/{end}") is None


def test_another_kind_of_link_leads_to_no_work_item() -> None:
    assert target("https://example.com/workItems/3", "Hyperlink") is None
