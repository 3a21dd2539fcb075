"""Cases of the rules on what lacks what it hangs on."""

from __future__ import annotations

from ingest.demo.avenants import reduire
from ingest.demo.cas import choix
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, Cas, Geste, puis, tous
from ingest.demo.cas.gestes import annees_apres, annuler, avenir
from ingest.demo.cas.historique import ORDINAIRE
from ingest.demo.copie import PREMIER_IDENTIFIANT
from ingest.demo.faits import Convention, Etat, Orpheline


def _orpheline(table: str) -> Geste:
    """Return what leaves a row of a table whose parent was deleted."""

    def geste(convention: Convention, _: Atelier) -> None:
        convention.orphelines.append(Orpheline(table))

    return geste


def _ligne_orpheline(convention: Convention) -> str:
    orpheline = convention.orphelines[-1]
    return f"ecoloweb:ecolo_{orpheline.table}:{orpheline.id}"


def _premier_logement(convention: Convention) -> str:
    premiere = convention.periodes[0]
    return f"ecoloweb:ecolo_logement:{premiere.ids_logements[premiere.ids_lots[0]][0]}"


def _dernier_avenant(convention: Convention) -> str:
    return f"ecoloweb:ecolo_avenant:{convention.avenants[-1].id}"


def _vider(convention: Convention, _: Atelier) -> None:
    """Take every programme away."""
    for periode in convention.periodes:
        periode.contenu = []


def _depeupler(convention: Convention, _: Atelier) -> None:
    """Take every dwelling away from the current programmes."""
    courante = convention.courante
    courante.contenu = [reduire(lot, []) for lot in courante.contenu]


def _perdre_l_instruction(convention: Convention, _: Atelier) -> None:
    convention.rang_instruite = None


def _instruire_ailleurs(convention: Convention, _: Atelier) -> None:
    """Take the first period of the first agreement for its own."""
    convention.instruite_ailleurs = PREMIER_IDENTIFIANT


def _instruire_ensuite(convention: Convention, _: Atelier) -> None:
    """Take its second period for that of its instruction."""
    convention.rang_instruite = 1


def _numeriser(convention: Convention, _: Atelier) -> None:
    convention.est_numerisee = True


def _ne_pas_numeriser(convention: Convention, _: Atelier) -> None:
    convention.est_numerisee = False


def _est_nouvelle(convention: Convention) -> bool:
    return not convention.est_reprise


def _est_de_l_etat(convention: Convention) -> bool:
    return convention.office.genre == "ETA"


def _a_un_seul_lot(convention: Convention) -> bool:
    return len(convention.courante.contenu) == 1


_SIMPLE_DE_L_ETAT = tous(choix.simple, _est_de_l_etat)

ORPHELINES: tuple[Cas, ...] = (
    Cas("ORP-001", AN, "Logement dont le programme a été supprimé", choix.simple, _orpheline("logement"), _ligne_orpheline),
    Cas(
        "ORP-001", AN, "Programme dont la période a été supprimée", choix.simple, _orpheline("programmelogement"), _ligne_orpheline
    ),
    Cas(
        "ORP-001",
        AN,
        "Période dont la convention a été supprimée",
        choix.simple,
        _orpheline("conventiondonneesgenerales"),
        _ligne_orpheline,
    ),
    Cas("ORP-001", AN, "Avenant dont la convention a été supprimée", choix.simple, _orpheline("avenant"), _ligne_orpheline),
    Cas(
        "ORP-001", AN, "Pièce jointe dont la convention a été supprimée", choix.simple, _orpheline("piecejointe"), _ligne_orpheline
    ),
    Cas(
        "ORP-001",
        None,
        "Logement de la période d'instruction, que plus rien ne montre",
        tous(choix.simple, _est_nouvelle),
        objet=_premier_logement,
    ),
    Cas(
        "ORP-001",
        None,
        "Avenant annulé, qui n'ouvre aucune période",
        ORDINAIRE,
        avenir("5", terme=annees_apres(2), annule=True),
        _dernier_avenant,
    ),
    Cas("ORP-002", AN, "En vigueur, sans programme", _SIMPLE_DE_L_ETAT, _vider),
    Cas(
        "ORP-002",
        AN,
        "Résiliée, un programme sans logement",
        tous(choix.etat(Etat.RES), _a_un_seul_lot),
        _depeupler,
    ),
    Cas("ORP-002", None, "En instruction, sans programme", tous(choix.etat(Etat.INS), _est_de_l_etat), _vider),
    Cas("ORP-002", None, "Abandonnée en instruction, sans programme", tous(choix.etat(Etat.ANI), _est_de_l_etat), _vider),
    Cas("ORP-003", AN, "Période d'instruction perdue", choix.simple, _perdre_l_instruction),
    Cas(
        "ORP-003",
        AN,
        "Période d'instruction d'une autre convention",
        tous(choix.simple, lambda convention: convention.id != PREMIER_IDENTIFIANT),
        _instruire_ailleurs,
    ),
    Cas("ORP-003", None, "La seconde de ses périodes pour celle de l'instruction", choix.simple, _instruire_ensuite),
    Cas(
        "ORP-003", None, "Période d'instruction perdue d'une convention annulée", choix.simple, puis(_perdre_l_instruction, annuler)
    ),
    Cas("ORP-006", AV, "En vigueur, sans convention numérisée", choix.simple, _ne_pas_numeriser),
    Cas("ORP-006", AV, "Avenant numérisé, mais pas la convention", ORDINAIRE, puis(avenir("7"), _ne_pas_numeriser)),
    Cas("ORP-006", None, "En vigueur, convention numérisée", choix.simple, _numeriser),
    Cas("ORP-006", None, "Résiliée, sans convention numérisée", choix.etat(Etat.RES), _ne_pas_numeriser),
)
