"""Writes the API's description without any part running: `python -m gateway.openapi > openapi.json`."""

import json
import sys

from flask import Flask

from gateway.api import register_api


def main() -> None:
    """Print the description, the same for the same sources."""
    described = register_api(Flask("gateway")).spec.to_dict()
    sys.stdout.write(json.dumps(described, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
