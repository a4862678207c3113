"""Projects, what was promised of them and the rows behind a figure as JSON, to the same eyes."""

from .indicators import router as indicators
from .projects import router as projects

__all__ = ["indicators", "projects"]
