"""The command line as its own tests run it; what the platform without a screen cannot do is no fault of ours."""

from tests.cli.conftest import run
from tests.gui.conftest import pytest_collection_modifyitems

__all__ = ["pytest_collection_modifyitems", "run"]
