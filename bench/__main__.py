"""`make bench`, `make bench WHAT=page`: one line of JSON per figure, all of it on this machine.

Without a word every bench runs; `survey` shows instead what each kind of page costs.
"""

import os
import sys
from importlib import import_module

from bench.place import prepared

BENCHES = ("page", "certificates", "attendance", "figures")


def main() -> None:
    """Run what was asked for and print each figure as soon as it is known."""
    wanted = sys.argv[1:] or os.environ.get("WHAT", "").split() or BENCHES
    if unknown := set(wanted) - {*BENCHES, "survey"}:
        sys.exit(f"no bench is called {', '.join(unknown)}; there are {', '.join(BENCHES)}, survey")
    with prepared() as place:
        for name in wanted:  # a bench knows the models, so it is read only now
            for line in import_module(f"bench.{name}").run(place):
                print(line, flush=True)


if __name__ == "__main__":
    main()
