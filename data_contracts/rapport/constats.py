"""The open findings by severity, département and rule, and how they moved from one publication to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data_contracts.clauses import literal
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import SEVERITES, SOURCES, nommer
from data_contracts.rapport.cles import montrables
from data_contracts.rapport.section import BON, MAUVAIS, NEUTRE, PRUDENCE, Colonne, Etat, Genre, Section, Tableau
from data_contracts.rapport.tendance import courbes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_contracts.extraits.lecture import Ligne
    from data_contracts.rapport.lecture import Lecture

TABLE = "fct_anomalie"
"""The mart of the findings."""
CAS = ("non_reglementaire", "anomalie", "a_verifier")
"""The severities of the cases; an information is counted apart, never with them."""
_SIGNES = {
    "non_reglementaire": ("✖", MAUVAIS),
    "anomalie": ("▲", PRUDENCE),
    "a_verifier": ("?", NEUTRE),
    "information": ("i", BON),
}
_COMPTES = ", ".join(f"count(*) filter (where severite = {literal(code)}) as {code}" for code in SEVERITES)
_PAR_DEPARTEMENT = f"""
select
    constat.code_departement,
    coalesce(any_value(dim_departement.nom_departement), 'sans département') as departement,
    {_COMPTES},
    count(*) filter (where severite <> 'information') as cas
from fct_anomalie as constat
left join dim_departement on constat.code_departement = dim_departement.code_departement
where etat = 'ouverte'
group by constat.code_departement
order by cas desc, constat.code_departement nulls last
"""
_PAR_SOURCE = f"""
select split_part(objet_id, ':', 1) as source, {_COMPTES}
from fct_anomalie where etat = 'ouverte' group by source order by source
"""
_PAR_REGLE = """
select
    constat.regle_id, any_value(dim_regle.titre) as titre, constat.severite, count(*) as nb,
    (array_agg(coalesce(constat.convention_id, constat.objet_id) order by constat.anomalie_id))[:5] as cles
from fct_anomalie as constat
left join dim_regle on constat.regle_id = dim_regle.regle_id
where constat.etat = 'ouverte' and constat.severite <> 'information'
group by constat.regle_id, constat.severite
order by nb desc, constat.regle_id, constat.severite
"""


@dataclass(frozen=True)
class Mouvement:
    """How the cases moved since the previous publication."""

    nouveaux: int
    disparus: int
    par_departement: dict[str | None, int]
    """Cases now, minus cases then."""


def mouvement(lecture: Lecture) -> Mouvement | None:
    """Compare the open cases with those of the previous publication; None when there is none."""
    if lecture.precedent is None:
        return None
    avant = literal(str(lecture.precedent.mart_path(TABLE)))
    lignes = lecture.lignes(
        f"""
        with maintenant as (
            select anomalie_id, code_departement from fct_anomalie where etat = 'ouverte' and severite <> 'information'
        ),

        avant as (
            select anomalie_id, code_departement from read_parquet({avant})
            where etat = 'ouverte' and severite <> 'information'
        )

        select
            if(maintenant.anomalie_id is null, avant.code_departement, maintenant.code_departement) as code_departement,
            count(*) filter (where avant.anomalie_id is null) as nouveaux,
            count(*) filter (where maintenant.anomalie_id is null) as disparus
        from maintenant full join avant on maintenant.anomalie_id = avant.anomalie_id
        group by all
        """
    )
    return Mouvement(
        sum(ligne["nouveaux"] for ligne in lignes),
        sum(ligne["disparus"] for ligne in lignes),
        {ligne["code_departement"]: ligne["nouveaux"] - ligne["disparus"] for ligne in lignes},
    )


def lire_tendance(lecture: Lecture) -> list[Ligne]:
    """Return a row a publication, this one last: the run, its reference date, its code, its open findings by severity."""
    publies = [(run.manifest, f"read_parquet({literal(str(run.mart_path(TABLE)))})") for run in lecture.precedents]
    return [
        {
            "run": manifeste["run_id"],
            "date_reference": date.fromisoformat(manifeste["date_reference"]),
            "code": manifeste["version_code"],
            **lecture.lignes(f"select {_COMPTES} from {table} where etat = 'ouverte'")[0],
        }
        for manifeste, table in [*publies, (lecture.manifeste, TABLE)]
    ]


def section(lecture: Lecture, vecu: Mouvement | None) -> Section:
    """Return the section of the findings: by severity and source, by département with what moved, by rule."""
    departements = lecture.lignes(_PAR_DEPARTEMENT)
    for ligne in departements:
        ligne["variation"] = None if vecu is None else vecu.par_departement.get(ligne["code_departement"], 0)
    cas = sum(ligne["cas"] for ligne in departements)
    phrase = f"{formats.pluriel(cas, 'cas ouvert', 'cas ouverts')} ; {_dit(vecu)}" if cas else f"Aucun cas ouvert ; {_dit(vecu)}"
    regles = [
        {**ligne, "severite_dite": _etat(ligne["severite"]), "cles": montrables(ligne["cles"])}
        for ligne in lecture.lignes(_PAR_REGLE)
    ]
    severites = tuple(Colonne(code, mots, 14, Genre.NOMBRE) for code, mots in SEVERITES.items())
    departement = (
        Colonne("code_departement", "Code", 8),
        Colonne("departement", "Département", 26),
        *severites,
        Colonne("variation", "Variation des cas", 14, Genre.ECART),
    )
    rien = "Aucun constat ouvert."
    par_regle = Tableau(
        "Règles qui ont le plus de cas",
        (
            Colonne("regle_id", "Règle", 12),
            Colonne("titre", "Titre", 60),
            Colonne("severite_dite", "Sévérité", 20, Genre.ETAT),
            Colonne("nb", "Cas", 10, Genre.NOMBRE),
            Colonne("cles", "Premières clés", 50, Genre.CLES),
        ),
        regles,
        rien,
        limite=15,
    )
    par_departement = Tableau("Départements qui ont le plus de cas", departement, departements, rien, limite=15)
    par_source = Tableau(
        "Constats ouverts, par source", (Colonne("source_dite", "Source", 22), *severites), _sources(lecture), rien
    )
    return Section(
        "constats",
        "Constats",
        (formats.typographie(phrase),),
        (par_source, par_departement, par_regle),
        {"Constats": par_departement, "Règles": par_regle},
    )


def tendance(lignes: Sequence[Ligne]) -> Section:
    """Return the section of the trend, drawn from two publications on."""
    seule = len(lignes) == 1
    phrase = (
        "Première publication : rien à quoi la comparer."
        if seule
        else f"Constats ouverts des {formats.nombre(len(lignes))} dernières publications, la plus récente en bas."
    )
    colonnes = (
        Colonne("date_reference", "Date de référence", 16),
        *(Colonne(code, mots, 16, Genre.NOMBRE) for code, mots in SEVERITES.items()),
        Colonne("code", "Code de l'entrepôt", 26),
        Colonne("run", "Publication", 30),
    )
    tableau = Tableau("Constats ouverts, publication par publication", colonnes, lignes, phrase)
    return Section(
        "tendance",
        "Tendance",
        (phrase,),
        (tableau,),
        {"Tendance": tableau},
        dessin="" if seule else courbes(lignes, {code: SEVERITES[code] for code in CAS}),
    )


def _sources(lecture: Lecture) -> list[Ligne]:
    return [{**ligne, "source_dite": nommer(ligne["source"], SOURCES)} for ligne in lecture.lignes(_PAR_SOURCE)]


def _etat(severite: str) -> Etat:
    return Etat(SEVERITES.get(severite, severite), *_SIGNES[severite])


def _dit(vecu: Mouvement | None) -> str:
    if vecu is None:
        return "pas de publication précédente à quoi comparer."
    return (
        f"depuis la publication précédente, {formats.pluriel(vecu.nouveaux, 'nouveau', 'nouveaux')} et "
        f"{formats.pluriel(vecu.disparus, 'disparu')}."
    )
