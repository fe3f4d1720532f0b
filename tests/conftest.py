import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.gazetteer import default_folder

# A busy machine is no fault of the code: no test is judged by how long it takes.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def gazetteers(tmp_path_factory) -> Path:
    """A copy of the gazetteers that stays as it is while the tests run."""
    folder = tmp_path_factory.mktemp("gazetteers") / "gazetteers"
    shutil.copytree(default_folder(), folder)
    return folder
