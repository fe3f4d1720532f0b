import shutil
from pathlib import Path

import pytest

from pipeline.gazetteer import default_folder


@pytest.fixture(scope="session")
def gazetteers(tmp_path_factory) -> Path:
    """A copy of the gazetteers that stays as it is while the tests run."""
    folder = tmp_path_factory.mktemp("gazetteers") / "gazetteers"
    shutil.copytree(default_folder(), folder)
    return folder
