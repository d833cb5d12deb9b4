"""``python -m geo``: see :mod:`cli.geo`."""

import sys

from cli.geo import main

if __name__ == "__main__":
    sys.exit(main())
