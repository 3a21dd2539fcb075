"""Cases of the rules on dates: the order of the steps, their history, and dates that nobody can have meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.demo.cas import choix, gestes
from ingest.demo.cas import gestes_dates as dates
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, Cas, Geste, puis, tous
from ingest.demo.cas.dat_delais import DELAIS
from ingest.demo.faits import Adresse, Annexe, Convention, Etat
from ingest.demo.oracle import DATE_DE_REFERENCE
from ingest.demo.oracle.dat import CONVENTIONNEMENT_DEPUIS
from ingest.demo.referentiels import Secteur

_UN_JOUR = timedelta(days=1)
_SOCIALE = tous(choix.simple, choix.ordinaire, choix.hlm)
_PUBLIEE = tous(_SOCIALE, dates.publiee)
_REPRISE = tous(_SOCIALE, dates.reprise)
_PREMIERE = tous(_REPRISE, choix.signee(jusqu_au=date(1980, 12, 31)))
_PUBLIQUE = tous(choix.simple, choix.secteur(Secteur.HLM, Secteur.SEM, Secteur.AUTRE))
_SANS_REFUS = {"refus_spf": None, "motif_refus": None}
_TYPE_DU_MOIS, _TYPE_DE_L_ANNEE = dates.type_dans(28), dates.type_dans(400)


def _deposee_le_jour_de_sa_signature(convention: Convention) -> bool:
    return convention.depot == convention.courante.calendrier.signature


def _envoyer(depuis: str, jours: int) -> Geste:
    return puis(dates.decaler("envoi_spf", depuis, jours), dates.dater(lambda _: {**_SANS_REFUS}))


def _a_un_type_du_mois(convention: Convention) -> bool:
    return _TYPE_DU_MOIS(convention) is not None


def _a_un_type_de_l_annee(convention: Convention) -> bool:
    signature, suivant = convention.courante.calendrier.signature, _TYPE_DE_L_ANNEE(convention)
    return signature is not None and suivant is not None and suivant.debut - signature > timedelta(days=35)


def _ressaisir_avant_l_avenant(convention: Convention, atelier: Atelier) -> None:
    gestes.avenir("7")(convention, atelier)
    avant = replace(convention.courante.calendrier, signature=dates.signature_de(convention) - timedelta(days=15))
    for periode in convention.periodes[:-1]:
        periode.calendrier = avant


def _a_plusieurs_periodes(convention: Convention) -> bool:
    return convention.courante.etat is Etat.OPP and len(convention.periodes) > 2  # noqa: PLR2004 - a take-over has two


def _creer(cree_le: int) -> Geste:
    """Give the last dwelling row of every programme an instant of creation, in milliseconds since 1970."""

    def geste(convention: Convention, _: Atelier) -> None:
        for lot in gestes.lots(convention):
            lot.logements = [*lot.logements[:-1], replace(lot.logements[-1], cree_le=cree_le)]

    return geste


def _adresser_a_zero(_: object, adresse: Adresse) -> Adresse:
    return replace(adresse, cree_le=0)


def _annexer_a_zero(convention: Convention, _: Atelier) -> None:
    for lot in gestes.lots(convention):
        lot.annexes = [Annexe("2", 1, None, 0)]


DATES = (
    Cas("DAT-001", AN, "Bailleur qui signe le lendemain du préfet", _SOCIALE, dates.decaler("signature_bailleur", "signature", 1)),
    Cas(
        "DAT-001",
        None,
        "Bailleur et préfet qui signent ensemble",
        _SOCIALE,
        dates.decaler("signature_bailleur", "signature", 0),
    ),
    Cas(
        "DAT-001",
        None,
        "Signature du bailleur inconnue",
        _SOCIALE,
        dates.dater(lambda _: {"signature_bailleur": None}),
    ),
    Cas(
        "DAT-002",
        AN,
        "Dépôt le lendemain de la signature",
        _SOCIALE,
        dates.deposer(lambda convention: dates.signature_de(convention) + _UN_JOUR),
    ),
    Cas("DAT-002", None, "Reprise dont le dépôt est recopié de la signature", tous(_REPRISE, _deposee_le_jour_de_sa_signature)),
    Cas(
        "DAT-002",
        None,
        "Dépôt la veille de la signature",
        _REPRISE,
        dates.deposer(lambda convention: dates.signature_de(convention) - _UN_JOUR),
    ),
    Cas("DAT-003", AN, "Publication la veille de la signature", _PUBLIEE, dates.publier(lambda signature: signature - _UN_JOUR)),
    Cas("DAT-003", None, "Publication le jour de la signature", _PUBLIEE, dates.publier(lambda signature: signature)),
    Cas("DAT-003", None, "Signée et pas encore publiée", _PUBLIEE, dates.ne_pas_publier),
    Cas("DAT-004", AN, "Envoi à la publicité foncière la veille de la signature", _PUBLIEE, _envoyer("signature", -1)),
    Cas("DAT-004", AN, "Envoi à la publicité foncière le lendemain de la publication", _PUBLIEE, _envoyer("publication", 1)),
    Cas("DAT-004", None, "Envoi à la publicité foncière le jour de la signature", _PUBLIEE, _envoyer("signature", 0)),
    Cas("DAT-004", None, "Envoi à la publicité foncière recopié de la publication", _PUBLIEE, _envoyer("publication", 0)),
    Cas(
        "DAT-005",
        AN,
        "Envoi à la CAF daté du lendemain du jour de référence",
        _SOCIALE,
        dates.dater(lambda _: {"envoi_caf": DATE_DE_REFERENCE + _UN_JOUR}),
    ),
    Cas(
        "DAT-005",
        None,
        "Envoi à la CAF daté du jour de référence",
        _SOCIALE,
        dates.dater(lambda _: {"envoi_caf": DATE_DE_REFERENCE}),
    ),
    Cas(
        "DAT-005",
        None,
        "Mise en service prévue l'an prochain",
        tous(_SOCIALE, choix.signee(depuis=date(2022, 1, 1))),
        dates.mettre_en_service(lambda _: date(2027, 9, 1)),
    ),
    Cas(
        "DAT-006",
        AN,
        "Signature dans le mois qui précède son type de convention",
        tous(_PUBLIQUE, _a_un_type_du_mois),
        dates.changer_de_type(_TYPE_DU_MOIS),
        rare=True,
    ),
    Cas(
        "DAT-006",
        AN,
        "Signature le 3 janvier 1977, veille du premier jour possible",
        _PREMIERE,
        gestes.signer_le(CONVENTIONNEMENT_DEPUIS - _UN_JOUR),
        rare=True,
    ),
    Cas(
        "DAT-006",
        None,
        "Signature le jour où son type de convention commence",
        tous(_PUBLIQUE, dates.signable_le_jour_de_son_type),
        dates.signer_le_jour_de_son_type,
    ),
    Cas(
        "DAT-006",
        None,
        "Signature le 4 janvier 1977, premier jour possible, sous un type de juillet",
        _PREMIERE,
        gestes.signer_le(CONVENTIONNEMENT_DEPUIS),
        avec=frozenset({"DAT-007"}),
        rare=True,
    ),
    Cas(
        "DAT-007",
        AN,
        "Signature plus d'un mois avant son type de convention",
        tous(_PUBLIQUE, _a_un_type_de_l_annee),
        dates.changer_de_type(_TYPE_DE_L_ANNEE),
    ),
    Cas(
        "DAT-007",
        None,
        "Signature moins d'un mois avant son type de convention",
        tous(_PUBLIQUE, _a_un_type_du_mois),
        dates.changer_de_type(_TYPE_DU_MOIS),
        avec=frozenset({"DAT-006"}),
        rare=True,
    ),
    Cas(
        "DAT-007",
        None,
        "Signature le jour où son type de convention commence",
        tous(_PUBLIQUE, dates.signable_le_jour_de_son_type),
        dates.signer_le_jour_de_son_type,
    ),
    Cas("DAT-008", AN, "Reprise dont la première période donne une autre signature", _REPRISE, dates.signer_autrement(-15)),
    Cas(
        "DAT-008",
        None,
        "Signature ressaisie à l'occasion d'un avenant",
        tous(_REPRISE, choix.amendable),
        _ressaisir_avant_l_avenant,
    ),
    Cas("DAT-008", None, "Période d'instruction sans signature", tous(_SOCIALE, dates.saisie_dans_ecoloweb)),
    Cas("DAT-009", AN, "Jour sans période entre les deux premières", _SOCIALE, dates.finir_la_premiere(-1)),
    Cas("DAT-009", AN, "Première période qui finit le jour où la deuxième commence", _SOCIALE, dates.finir_la_premiere(1)),
    Cas("DAT-009", None, "Reprise dont la première période ne dure qu'un jour", _REPRISE),
    Cas("DAT-009", None, "Périodes qui se suivent au fil des avenants", _a_plusieurs_periodes),
    Cas(
        "DAT-013",
        AN,
        "Envoi à la CAF le 1er janvier 1970",
        _SOCIALE,
        dates.dater(lambda _: {"envoi_caf": date(1970, 1, 1)}),
    ),
    Cas(
        "DAT-013",
        AN,
        "Mise en service le 1er janvier 1900",
        tous(_SOCIALE, dates.construite("2", "3")),
        dates.mettre_en_service(lambda _: date(1900, 1, 1)),
    ),
    Cas("DAT-013", AN, "Logement créé à l'instant zéro", _SOCIALE, _creer(0)),
    Cas("DAT-013", AN, "Adresse créée à l'instant zéro", _SOCIALE, gestes.adresser(_adresser_a_zero)),
    Cas("DAT-013", AN, "Annexe créée à l'instant zéro", _SOCIALE, _annexer_a_zero),
    Cas("DAT-013", None, "Logement créé une milliseconde après l'instant zéro", _SOCIALE, _creer(1)),
    Cas(
        "DAT-013",
        None,
        "Mise en service le 2 janvier 1900, qui n'est pas une valeur par défaut",
        tous(_SOCIALE, dates.construite("2", "3")),
        dates.mettre_en_service(lambda _: date(1900, 1, 2)),
    ),
    *DELAIS,
)
