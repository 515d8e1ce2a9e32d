"""The pipeline: open deals as cards by stage, or as a list."""

from crm_desktop.gui.pages.pipeline.page import PipelinePage

__all__ = ["PipelinePage"]
