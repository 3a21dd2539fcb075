"""The sets of agreements and of lots that the page « Parc conventionné » counts on a day, whole or at one value of an axis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from dashboards.donnees import date_reference
from dashboards.filtres.adresse import LectureAdresse
from dashboards.filtres.parc import AU
from dashboards.requetes.axes_parc import AXES
from dashboards.requetes.ensembles import Ensemble, Genre, Somme
from dashboards.requetes.ensembles_parc import CONVENTIONS
from dashboards.requetes.parc import PARC, PARC_A_TERME, PORTEE
from data_contracts.extraits import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from data_contracts.publication import PublishedRun

AXE, VALEUR, ANNEE = "axe", "valeur", "annee"
"""Parameters of an address: how the parc is spread, which value of it (empty for a missing one), a year of exit."""
_CONVENTIONS = Genre(
    code="convention",
    depuis="""(
        select
            convention.numero,
            version.convention_id,
            version.version_id,
            version.source,
            version.code_departement,
            version.statut,
            version.date_signature,
            version.date_publication,
            version.date_effet,
            version.nature_logement,
            version.nb_logements,
            version.familles_financement,
            version.code_commune,
            version.bailleur_id,
            case when version.est_courante then convention.date_expiration else version.date_expiration end as date_expiration,
            case when version.est_courante then convention.date_echeance_tacite end as date_echeance_tacite
        from fct_convention_version as version
        inner join fct_convention as convention on version.convention_id = convention.convention_id
        where version.date_vigueur_debut <= $au::date and coalesce(version.date_vigueur_fin >= $au::date, true)
    ) as convention""",
    cle="convention.convention_id",
    portee=PORTEE,
    champs="convention.*, commune.nom_commune, bailleur.nom as nom_bailleur",
    jointures="""
        left join dim_commune as commune on convention.code_commune = commune.code_commune
        left join dim_bailleur as bailleur on convention.bailleur_id = bailleur.bailleur_id
    """,
)
"""An agreement in force, in the state of the period that holds the day."""
_LOTS = Genre(
    code="parc",
    depuis=PARC,
    cle="parc.convention_id, parc.lot_id nulls first",
    portee=PORTEE,
    champs="parc.*, convention.numero, convention.date_expiration, commune.nom_commune, bailleur.nom as nom_bailleur",
    jointures="""
        left join fct_convention as convention on parc.convention_id = convention.convention_id
        left join dim_commune as commune on parc.code_commune = commune.code_commune
        left join dim_bailleur as bailleur on parc.bailleur_id = bailleur.bailleur_id
    """,
)
SORTIES = "convention.statut in ('DENONCEE', 'RESILIEE') and not convention.est_anah"
ANNEE_SORTIE = "year(coalesce(convention.date_resiliation, convention.date_demande_denonciation))"
"""Agreements that left the parc social, and the year they left it (P-07)."""
_SOCIAL, _ANAH = "not parc.est_anah", "parc.est_anah"


@dataclass(frozen=True)
class Chose:
    """What a figure of the parc counts: agreements, or what numbers of their lots add up to."""

    titre: str
    definition: str
    condition: str
    """SQL on a row of `parc.PARC`."""
    source: str
    somme: Somme | None = None
    """None counts agreements."""


CHOSES = {
    "parc_conventions": Chose(
        "Conventions en vigueur, hors ANAH",
        "Conventions signées, en cours de publication, publiées ou opposables ce jour-là. Une convention mixte est une "
        "seule convention ; sur plusieurs territoires ou pour plusieurs propriétaires, elle compte dans chacun.",
        _SOCIAL,
        "fct_convention_version.date_vigueur_debut",
    ),
    "parc_logements": Chose(
        "Logements ordinaires",
        "Logements des lots des conventions en vigueur ce jour-là, hors ANAH et hors foyers, moins ceux que la source dit vendus, "
        "démolis ou changés d'usage et ceux des programmes résiliés ou dénoncés. Un nombre inconnu compte pour rien.",
        f"{_SOCIAL} and not parc.est_foyer and parc.lot_id is not null",
        "fct_lot_version.nb_logements_restants",
        Somme("parc.nb_logements_restants", "logement"),
    ),
    "parc_foyers": Chose(
        "Logements de foyers",
        "Les mêmes logements dans les foyers et les résidences sociales : à part des logements ordinaires.",
        f"{_SOCIAL} and parc.est_foyer and parc.lot_id is not null",
        "fct_lot_version.nb_logements_restants",
        Somme("parc.nb_logements_restants", "logement"),
    ),
    "parc_tous": Chose(
        "Logements",
        "Logements des lots des conventions en vigueur ce jour-là, hors ANAH, ordinaires ou de foyers, comptés de la même façon.",
        f"{_SOCIAL} and parc.lot_id is not null",
        "fct_lot_version.nb_logements_restants",
        Somme("parc.nb_logements_restants", "logement"),
    ),
    "parc_lits": Chose(
        "Lits de foyers",
        "Lits des mêmes foyers : une autre façon de les compter, jamais à ajouter à leurs logements.",
        f"{_SOCIAL} and parc.est_foyer and parc.nb_lits > 0",
        "fct_lot_version.nb_lits",
        Somme("parc.nb_lits", "lit"),
    ),
    "parc_sortis": Chose(
        "Logements vendus, démolis ou changés d'usage",
        "Logements que leurs lignes disent sortis de ces conventions : ils ne sont plus dans les logements ci-contre.",
        f"{_SOCIAL} and parc.nb_logements_sortis > 0",
        "fct_lot_version.nb_logements_sortis",
        Somme("parc.nb_logements_sortis", "logement"),
    ),
    "parc_anah": Chose(
        "Conventions ANAH",
        "Conventions en vigueur ce jour-là avec un financement 17, 18, 19 ou 81, ou de type 77-1131, 80-429 ou 2006-1200 : hors du "
        "parc social, et de tous les autres chiffres de la page sauf la famille ANAH.",
        _ANAH,
        "fct_convention_version.est_anah",
    ),
}
"""By the code of the set."""


def de_l_etat(run: PublishedRun, code: str, au: date, axe: str | None = None, valeur: str | None = None) -> Ensemble:
    """Return the rows of a figure of `CHOSES` on a day, at one value of an axis when there is one."""
    chose = CHOSES[code]
    condition, titre, parc = chose.condition, f"{chose.titre} au {formats.jour(au)}", PARC
    valeurs: dict[str, date | str | None] = {"au": au}
    adresse = {} if au == date_reference(run) else {AU: au.isoformat()}
    if axe is not None:
        if AXES[axe].avec_anah:
            condition = condition.replace(_SOCIAL, "true")
        condition += f" and {AXES[axe].champ} is not distinct from $valeur::varchar"
        titre += f" · {AXES[axe].dire(run, valeur)}"
        parc = PARC_A_TERME if AXES[axe].est_un_terme else PARC
        valeurs["valeur"] = valeur
        adresse |= {AXE: axe, VALEUR: valeur or ""}
    return Ensemble(
        code=code,
        titre=titre,
        genre=replace(_LOTS, depuis=parc) if chose.somme else _ou_un_lot(parc, condition),
        condition=condition if chose.somme else "true",
        definition=chose.definition,
        source=chose.source,
        valeurs=valeurs,
        adresse=adresse,
        somme=chose.somme,
    )


def sorties(annee: int | None) -> Ensemble:
    """Return the agreements terminated or denounced in a year, or on a day that no source gives (P-07)."""
    return Ensemble(
        code="parc_sorties",
        titre=f"Conventions sorties {f'en {annee}' if annee else 'sans date connue'}",
        genre=CONVENTIONS,
        condition=f"{SORTIES} and {ANNEE_SORTIE} is not distinct from $annee::integer",
        definition="Conventions dénoncées ou résiliées, hors ANAH, selon l'année de la résiliation, à défaut de la demande de "
        "dénonciation.",
        source="fct_convention.date_resiliation",
        valeurs={"annee": annee},
        adresse={ANNEE: "" if annee is None else str(annee)},
    )


def sans_etat(au: date) -> Ensemble:
    """Return the agreements signed by a day that no period of their history reaches back to."""
    return Ensemble(
        code="parc_sans_etat",
        titre=f"Conventions signées dont l'état au {formats.jour(au)} est inconnu",
        genre=CONVENTIONS,
        condition="""convention.date_signature <= $au::date and convention.convention_id not in (
            select version.convention_id
            from fct_convention_version as version
            where version.date_debut <= $au::date and version.convention_id is not null
        )""",
        definition="Conventions signées à cette date, et dont l'historique ne commence qu'ensuite : rien ne dit leur état ce jour.",
        source="fct_convention_version.date_debut",
        valeurs={"au": au},
        adresse={AU: au.isoformat()},
    )


def _ou_un_lot(parc: str, condition: str) -> Genre:
    """Return the agreements of which one lot at least answers a condition and the shared filters together."""
    filtre = f"convention.version_id in (select parc.version_id from {parc} where {condition} and {{communs}})"
    return replace(_CONVENTIONS, filtre=filtre)


def _etat_demande(code: str, run: PublishedRun, adresse: Mapping[str, str]) -> Ensemble | None:
    au, axe = _jour(run, adresse), adresse.get(AXE)
    return de_l_etat(run, code, au, axe, adresse.get(VALEUR) or None) if au and (axe is None or axe in AXES) else None


def _sorties_demandees(_: PublishedRun, adresse: Mapping[str, str]) -> Ensemble | None:
    annee = adresse.get(ANNEE, "")
    est_annee = annee.isascii() and annee.isdigit() and len(annee) == len("2026")
    return sorties(int(annee) if est_annee else None) if est_annee or not annee else None


def _sans_etat_demande(run: PublishedRun, adresse: Mapping[str, str]) -> Ensemble | None:
    au = _jour(run, adresse)
    return sans_etat(au) if au else None


def _jour(run: PublishedRun, adresse: Mapping[str, str]) -> date | None:
    """Return the day that an address names, the reference date when it names none; None when no state of it can be known."""
    if not adresse.get(AU):
        return date_reference(run)
    au = LectureAdresse(adresse).jour(AU, fin=True)
    return au if au and au <= date_reference(run) else None


DEMANDES: dict[str, Callable[[PublishedRun, Mapping[str, str]], Ensemble | None]] = {
    **{code: partial(_etat_demande, code) for code in CHOSES},
    "parc_sorties": _sorties_demandees,
    "parc_sans_etat": _sans_etat_demande,
}
"""What reads a set in an address, by its code; None when the address makes no sense."""
