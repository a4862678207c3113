"""What a project file may hold: one table per section, read in both directions.

The order is the order of loading: what is named stands before what names it.
"""

from .project import PROJECT, PROMISED
from .section import Section
from .shared import SHARED
from .work import WORK

OF_PROJECT = (*PROMISED, *WORK)
SECTIONS = (*SHARED, PROJECT, *OF_PROJECT)

__all__ = ["OF_PROJECT", "PROJECT", "SECTIONS", "SHARED", "Section"]
