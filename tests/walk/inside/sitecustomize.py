"""Read by every Python the walk starts: the guard of the tests holds in those processes too."""

from tests.guards import stay_inside

stay_inside()
