"""Generates a demo of 10,000 agreements in a folder and prints its deliveries as JSON, by source."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ingest.demo import generate

made = generate(10_000, 42, Path(sys.argv[1]))
deliveries = {
    "ecoloweb": made.dump,
    "apilos": made.apilos,
    "siap": made.siap,
    "sisal": made.sisal,
    "satisfaction": made.enquetes,
    "rpls": made.rpls,
}
print(json.dumps({source: str(path) for source, path in deliveries.items()}))
