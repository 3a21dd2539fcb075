"""A made-up France, for demonstrations and for tests: it knows the format of the deliveries and nothing of the rules.

`generate` writes two files:

- `ecoloweb.sql`, a plain pg_dump of an Ecoloweb database that a real PostgreSQL loads (`psql -f`);
- `verite.json`, what the generator decided before it wrote a row.

The same size and seed give the same bytes. Each agreement is drawn from its own stream, its facts first (`faits`), then written
as rows (`ecriture`) and noted in the truth (`verite`); memory does not grow with the number of rows. Whoever plants a case
changes the facts of an agreement between `tirer_convention` and `ecrire_convention`, and notes it in the truth. The population
as drawn is regulatory; `Formes` says how often its irregular shapes occur.

The truth file is one JSON object:

- `conventions_demandees`, `graine`: what `generate` was given; `date`: the last day anything happened (only terms are later);
- `lignes`: number of rows of each table of the dump (names without `ecolo_`);
- `statuts`, `departements`: number of agreements by current status (words of the warehouse) and by département;
- `totaux`: sums over the agreements;
- `champs`: names of the values of each agreement, in order; `conventions`: one array an agreement, in the order of ids:
  - `id`: `ecolo_conventionapl.id`; `statut`: state of the current period;
  - `date_expiration`: that of the current period, else the new term of the last amendment signed and not cancelled;
    `date_expiration_initiale`; both ISO, null when unknown;
  - `familles`: financing families of the current period, sorted; `est_mixte`: two of them or more; `est_anah`;
  - `nb_logements`, `nb_stationnements` (garages, parking places, boxes): of the current period, 0 without programme;
  - `nb_avenants`: every amendment, cancelled and pending ones included; `nb_versions`: every period;
  - `code_departement`; `code_commune`: today's code of the commune of most dwellings (ties: smallest), null without programme;
  - `bailleur_id`: `ecolo_bailleur.id` of the owner of most dwellings, null without programme.
"""

from __future__ import annotations

from ingest.demo.formes import Formes
from ingest.demo.generation import DemoDelivery, generate

__all__ = ["DemoDelivery", "Formes", "generate"]
