"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# How long an example takes tells of the machine and of what else runs on it, and never fails a test.
settings.register_profile("sourcebook", deadline=None)
settings.load_profile("sourcebook")


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the store of what was read out of the user's own cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
