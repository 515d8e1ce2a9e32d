"""Charts and rows as files."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from crm_desktop.errors import EnvironmentProblem
from crm_desktop.gui.charts import export
from crm_desktop.gui.charts.churn import ChurnChart
from crm_desktop.gui.theme import Theme

from .conftest import churn_rows, texts

CAPTION = export.Caption("Churn rate", "Back within target.")


def test_a_picture_has_two_pixels_for_each_of_the_design_and_is_light(light: Theme, tmp_path: Path) -> None:
    path = tmp_path / "churn.png"
    figure = export.picture(ChurnChart(churn_rows((1, 3)), 0.02), CAPTION, replace(light, dark=True, scale=160))
    export.save(figure, path, light)
    image = QImage(str(path))
    assert (image.width(), image.height()) == tuple(2 * side for side in export.SIZE)
    assert image.pixelColor(3, 3) == light.color("card")
    assert {"Churn rate", "Back within target.", "Target 2 %"} <= set(texts(figure))


def test_a_drawing_keeps_its_text(light: Theme, tmp_path: Path) -> None:
    path = tmp_path / "churn.svg"
    export.save(export.picture(ChurnChart(churn_rows((1, 3)), 0.02), CAPTION, light), path, light)
    assert "Back within target." in path.read_text("utf-8")


def test_a_folder_that_is_gone_is_explained(light: Theme, tmp_path: Path) -> None:
    figure = export.picture(ChurnChart(churn_rows((1, 3)), 0.02), CAPTION, light)
    with pytest.raises(EnvironmentProblem):
        export.save(figure, tmp_path / "gone" / "churn.png", light)
