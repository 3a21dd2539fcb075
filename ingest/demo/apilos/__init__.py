"""The delivery of APiLos that goes with that of Ecoloweb: agreements taken over from it, others born there, what is true of both.

- `reprise`: what the official import makes of an agreement of Ecoloweb, from its facts; `deformations`: what it got wrong, planted;
- `suites`: what happened since in APiLos to agreements taken over; `natives`, `vies`: agreements born there and their whole lives;
- `cas_natifs`: planted cases of the rules that only APiLos can feed;
- `ecriture`: the rows; `delais`, `oracle`, `verite`: the truth, which reads the facts and never the rows.

Nothing is wrong but what is planted, and what APiLos cannot say: it has no word for some natures of operation and kinds of owners.

The truth file, `verite_apilos.json`, is one JSON object; ids are those that the warehouse publishes:

- `conventions_demandees`, `graine`, `date`, `date_reference`, `lignes`: as in that of Ecoloweb;
- `totaux`: agreements and amendments, taken over and native; `departements`: those that were taken over;
- `regles`: number of findings of each rule; `constats`: every finding that APiLos adds: rule, severity, kind of object, id;
- `constats_leves`: findings told of Ecoloweb alone that no longer hold once APiLos is delivered;
- `cas`: planted cases, as in the truth of Ecoloweb; `objet` is the id that a finding bears, `convention` that of the agreement;
- `actes`: one array an agreement or amendment of APiLos (a row of `conventions_convention`):
  - `uuid`; `cle`: its key in `ecoloweb_ecoloreference`, null for a native one; `est_avenant`;
  - `objet_id`: the permanent id it must have; `convention_id`: that of its agreement, null for an orphan;
  - `statut`: in the words of the warehouse; `financements`;
- `etats`: one array an agreement: `convention_id`; `source`, whose state wins (`apilos` when something happened there after the
  take-over, and for a native one); `statut`; `nb_conventions_apilos`, how many agreements of APiLos are grouped under it;
  `date_signature`; `date_publication`; `date_expiration`; `nb_avenants`, those of both sources, each once; `nb_logements`;
- `delais`: one array a stage of a native agreement or amendment: `etape`, `objet_id`, `convention_id`, `debut`, `fin` (null when
  it is still awaited), `jours`, `jours_ouvres`, `est_censure`. T-04 and T-05 add up spells, from the first entry to the last exit;
  T-10 is also told of an agreement taken over and published in APiLos since;
- `allers_retours`: T-06: `objet_id`, number of times it was sent back for corrections, for each that was once under instruction;
- `stock`: T-16: `objet_id`, `statut`, `entree` (day it got there), `age_jours` at the date of reference.
"""
