"""An independent oracle: what each rule must find on the facts of an agreement, told without the rules nor the warehouse.

It is written from what the rules mean; nothing here reads their definition, so that each side checks the other. A rule is a
small function; `juger` applies them all to an agreement once it is written, and leaves out what another finding covers.
"""

from ingest.demo.oracle.croises import Croises
from ingest.demo.oracle.jugement import REGLES, SANS_OBJET, juger
from ingest.demo.oracle.vue import DATE_DE_REFERENCE, Constat, Severite, Vue, date_effet, voir

__all__ = ["DATE_DE_REFERENCE", "REGLES", "SANS_OBJET", "Constat", "Croises", "Severite", "Vue", "date_effet", "juger", "voir"]
