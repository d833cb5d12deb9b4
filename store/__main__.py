"""``python -m store``: see :mod:`cli.store`."""

import sys

from cli.store import main

if __name__ == "__main__":
    sys.exit(main())
