"""A made-up France, for demonstrations and for tests: it knows the format of the deliveries, and the rules only by their meaning.

`generate` writes six deliveries and three files:

- `ecoloweb.sql`, a plain pg_dump of an Ecoloweb database that a real PostgreSQL loads (`psql -f`);
- `apilos.sql`, the same of an APiLos database: most of those agreements, as they were taken over, and others born there (`apilos`);
- `sisal.csv`, a report of SISAL, and `siap/`, a folder of SIAP's answers: the agréments behind the agreements that bear their
  number, those of agreements that bear none (`ressemblances`), and some that led to no agreement (`agrements`);
- `enquetes/`, satisfaction surveys with their descriptions, whose comments name made persons (`enquetes`);
- `rpls.csv`, the register of social housing for some of the agreements, in Latin-1 (`rpls`);
- `personnes.json`, the made persons that the deliveries name, in their own columns or in free text (`personnes`): `noms`,
  `courriels`, `telephones` of ten digits, `identifiants` of private owners, each once. Nobody may read one in what is published;
- `verite.json` and `verite_apilos.json`, what the generator decided before it wrote a row.

The same size and seed give the same bytes. Each agreement is drawn from its own stream, its facts first (`faits`), then written
as rows (`ecriture`) and noted in the truth (`verite`); memory does not grow with the dwellings. The population as drawn is
regulatory; `Formes` says how often its irregular shapes occur. Planted cases (`cas`) then change the facts of some agreements
before they are written: for each rule, cases that it must find and others that it must not, a unit away from its bound. A few
leave rows whose parent was deleted, so the foreign keys they break are declared `not valid`, as an old database has them. The
oracle (`oracle`) tells what every rule must find, on every agreement; it reads none of the rules as the warehouse applies them.

The truth file is one JSON object:

- `conventions_demandees`, `graine`: what `generate` was given; `date`: the last day anything happened (only terms are later);
  `date_reference`: the day the rules are applied;
- `lignes`: number of rows of each table of the dump (names without `ecolo_`);
- `statuts`, `departements`: number of agreements by current status (words of the warehouse) and by département;
- `totaux`: sums over the agreements;
- `regles`: number of findings of each rule, those that can find nothing in Ecoloweb included;
- `cas`: the planted cases: `regle`; `attendu`, whether it must find it; `objet`, the id that a finding bears or would bear;
  `convention`, the id of the agreement; `cas`, a sentence for people;
- `enquetes`: one object a satisfaction survey: `titre`, `public`, `nb_envoyes`; `reponses`, all of them; `hors_echelle`, those
  whose note is out of its scale; among the others `notees`, `somme` of their notes, `commentees`; `personnes`, what in comments
  tells a made person;
- `rpls`: of the register, `logements`, all of them; `conventionnes`; `inconnus`, those under a number
  that no agreement bears (one that was cancelled bears none either);
  `sans_numero`;
- `champs`: names of the values of each agreement, in order; `conventions`: one array an agreement, in the order of ids:
  - `id`: `ecolo_conventionapl.id`; `statut`: state of the current period;
  - `date_expiration`: that of the current period, else the new term of the last amendment signed and not cancelled;
    `date_expiration_initiale`; both ISO, null when unknown;
  - `familles`: financing families of the current period, sorted; `est_mixte`: two of them or more; `est_anah`;
  - `nb_logements`, `nb_stationnements` (garages, parking places, boxes): of the current period, 0 without programme;
  - `nb_avenants`: every amendment, cancelled and pending ones included; `nb_versions`: every period;
  - `code_departement`; `code_commune`: today's code of the commune of most dwellings (ties: smallest), null without programme;
  - `bailleur_id`: `ecolo_bailleur.id` of the owner of most dwellings, null without programme;
- `constats`: every finding, planted or not: rule, severity, kind of object, id of the object as the warehouse publishes it;
- `champs_agrements`: names of the values of each agrément, in order; `agrements`: one array an operation and aid of a source:
  - `id`, as the warehouse publishes it; `nb_logements`, null when its source does not tell; `code_commune`: today's code, never an
    arrondissement; `siren` of the owner, null when unknown; `annee` of the operation;
  - `convention`: id of the agreement that it led to, null when it led to none; `pieges`: what its source does wrong, or that
    a reader may get wrong; `native`: id of the agreement born in APiLos that bears its number;
- `champs_rapprochements`: names of the values of each pair of an agrément and an agreement, in order; `rapprochements`: one array a
  pair: the agrément, the agreement, how they are brought together (words of the warehouse), and whether it is a `lien` or has to be
  looked at (`a_verifier`). A pair that is not there must not be linked.

What is true once APiLos is delivered as well is in `verite_apilos.json` (`ingest.demo.apilos`).
"""

from __future__ import annotations

from ingest.demo.formes import Formes
from ingest.demo.generation import DemoDelivery, generate

__all__ = ["DemoDelivery", "Formes", "generate"]
