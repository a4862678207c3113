"""Project files: one TOML file tells one project, and is read and written by one description.

``read`` (bytes to a document with line numbers) → ``check`` (typed entries, every problem named)
→ ``load`` (rows, one transaction) and back: ``dump`` (rows to a document) → ``write`` (text).
What a file may hold stands in ``sections`` alone.
"""

from .dumping import dump_project
from .loading import LoadResult, load_file, load_text
from .problems import Problem, ProjectFileError

__all__ = [
    "LoadResult",
    "Problem",
    "ProjectFileError",
    "dump_project",
    "load_file",
    "load_text",
]
