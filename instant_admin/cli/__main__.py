"""`python -m instant_admin.cli` is `instant-admin`."""

import sys

from instant_admin.cli import main

if __name__ == "__main__":
    sys.exit(main())
