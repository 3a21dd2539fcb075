"""The sets of owners, offices, départements, files and agreements that the page « Adoption » counts."""

from __future__ import annotations

from dataclasses import replace

from dashboards.requetes.communs import Portee
from dashboards.requetes.ensembles import Ensemble, Genre
from dashboards.requetes.ensembles_parc import CONVENTIONS

PASSAGE = "not passage.est_reprise and passage.date_passage <= $reference::date"
"""A passage that indicators count: of a file born in APiLos, not after the reference date."""
SOUMISSION = "passage.type_passage = 'soumission'"
INSTRUCTION = "passage.type_passage in ('correction', 'validation')"
PORTEE = Portee(territoire="passage.code_departement", date="passage.date_passage")
"""Days bound what is told over time; a state is that of the reference date."""
_SANS_DATE = replace(PORTEE, date=None)


def recent(jours: int) -> str:
    """Return the condition of a passage of the last days."""
    return f"date_diff('day', passage.date_passage, $reference::date) < {jours}"


def _actifs(code: str, mart: str, identifiant: str, condition: str, jours: int) -> Genre:
    """Return the owners, or the offices, of passages of the last days."""
    return Genre(
        code=code,
        depuis=f"{mart} as {code}",
        cle=f"{code}.{identifiant}",
        portee=_SANS_DATE,
        filtre=f"""{code}.{identifiant} in (
            select passage.{identifiant}
            from fct_passage as passage
            where {PASSAGE} and {condition} and {recent(jours)} and {{communs}}
        )""",
    )


def _bailleurs_actifs(jours: int) -> Ensemble:
    return Ensemble(
        code=f"bailleurs_actifs_{jours}",
        titre=f"Bailleurs actifs sur {jours} jours",
        genre=_actifs("bailleur", "dim_bailleur", "bailleur_id", SOUMISSION, jours),
        condition="true",
        definition=f"Bailleurs distincts qui ont soumis une convention ou un avenant dans les {jours} derniers jours. Une "
        "connexion seule ne suffit pas.",
        source="fct_passage.bailleur_id",
    )


def _services_actifs(jours: int) -> Ensemble:
    return Ensemble(
        code=f"services_actifs_{jours}",
        titre=f"Services actifs sur {jours} jours",
        genre=_actifs("service", "agg_service", "administration_id", INSTRUCTION, jours),
        condition="true",
        definition=f"Services distincts qui ont validé une convention ou demandé une correction dans les {jours} derniers jours.",
        source="fct_passage.administration_id",
    )


BAILLEURS_90, BAILLEURS_365 = _bailleurs_actifs(90), _bailleurs_actifs(365)
SERVICES_90, SERVICES_365 = _services_actifs(90), _services_actifs(365)

DEPARTEMENTS = Genre(
    code="departement",
    depuis=f"""(
        select
            departement.code_departement,
            departement.nom_departement,
            departement.nom_region,
            min(passage.date_passage) as premiere_validation,
            max(passage.date_passage) as derniere_validation,
            count(passage.passage_id) as nb_validations
        from dim_departement as departement
        left join fct_passage as passage
            on
                departement.code_departement = passage.code_departement
                and passage.type_passage = 'validation'
                and {PASSAGE}
        where
            len(departement.code_departement) = 2
            or departement.code_departement in ('971', '972', '973', '974', '976')
        group by all
    ) as departement""",
    cle="departement.premiere_validation nulls first, departement.code_departement",
    portee=Portee(territoire="departement.code_departement"),
)
COUVERTS = Ensemble(
    code="departements_couverts",
    titre="Départements couverts",
    genre=DEPARTEMENTS,
    condition="departement.premiere_validation is not null",
    definition="Départements, sur les 101 du code officiel géographique, où une convention née dans APiLos a été validée.",
    source="fct_passage et dim_departement",
)
NON_COUVERTS = replace(
    COUVERTS,
    code="departements_non_couverts",
    titre="Départements non couverts",
    condition="departement.premiere_validation is null",
    definition="Départements où aucune convention née dans APiLos n'a encore été validée.",
)

SERVICES = Genre(
    code="service",
    depuis="agg_service as service",
    cle="service.code_departement nulls last, service.administration_id",
    portee=Portee(territoire="service.code_departement"),
)


def _services(etape: str, titre: str) -> Ensemble:
    return Ensemble(
        code=f"services_{etape}",
        titre=titre,
        genre=SERVICES,
        condition=f"service.nb_{etape} > 0",
        definition="Services instructeurs d'APiLos qui en sont là au moins une fois, reprises d'Ecoloweb non comprises.",
        source=f"agg_service.nb_{etape}",
    )


CONNUS = replace(
    _services("comptes", "Services connus"),
    code="services_connus",
    condition="true",
    definition="Services instructeurs d'APiLos, avec ou sans compte.",
    source="agg_service",
)
AVEC_COMPTE = _services("comptes", "Ont un compte")
CONNECTES = _services("comptes_connectes", "Un agent s'est connecté")
BAILLEUR_CONNECTE = _services("bailleurs_connectes", "Un bailleur s'est connecté")
AVEC_DOSSIER = _services("dossiers", "Ont un dossier")
AVEC_SOUMIS = _services("soumis", "Ont un dossier soumis")
AVEC_INSTRUIT = _services("instruits", "Ont un dossier instruit")
AVEC_VALIDE = _services("valides", "Ont un dossier validé")
ENTONNOIR = (AVEC_COMPTE, CONNECTES, BAILLEUR_CONNECTE, AVEC_DOSSIER, AVEC_SOUMIS, AVEC_INSTRUIT, AVEC_VALIDE)
"""The steps of A-04, in order."""

DOSSIERS = Genre(
    code="dossier",
    depuis="""(
        select
            passage.dossier_id,
            bool_or(passage.est_avenant) as est_avenant,
            case when not bool_or(passage.est_avenant) then passage.dossier_id end as convention_id,
            passage.statut_courant,
            min(passage.code_departement) as code_departement,
            min(passage.administration_id) as administration_id,
            min(passage.bailleur_id) as bailleur_id,
            min(passage.date_passage) filter (where passage.type_passage = 'soumission') as premiere_soumission,
            count(*) filter (where passage.type_passage = 'correction' and passage.statut_precedent = 'INSTRUCTION') as nb_retours,
            count(*) filter (where passage.type_passage = 'reactivation') as nb_reactivations,
            case
                when passage.statut_courant = 'CORRECTION'
                    then date_diff(
                        'day', max(passage.date_passage) filter (where passage.type_passage = 'correction'), $reference::date
                    )
            end as age_correction_jours
        from fct_passage as passage
        where not passage.est_reprise
        group by passage.dossier_id, passage.statut_courant
        having bool_or(passage.type_passage = 'soumission')
    ) as dossier""",
    cle="dossier.nb_retours desc, dossier.dossier_id",
    portee=Portee(territoire="dossier.code_departement"),
    champs="dossier.*, service.nom as nom_service, bailleur.nom as nom_bailleur",
    jointures="""
        left join agg_service as service on dossier.administration_id = service.administration_id
        left join dim_bailleur as bailleur on dossier.bailleur_id = bailleur.bailleur_id
    """,
)
SOUMIS = Ensemble(
    code="dossiers_soumis",
    titre="Dossiers soumis",
    genre=DOSSIERS,
    condition="true",
    definition="Conventions et avenants nés dans APiLos et soumis une fois au moins.",
    source="fct_passage",
)
RENVOYES = replace(
    SOUMIS,
    code="dossiers_renvoyes",
    titre="Dossiers renvoyés en correction",
    condition="dossier.nb_retours > 0",
    definition="Dossiers soumis que l'instruction a renvoyés en correction une fois au moins.",
)
REACTIVES = replace(
    SOUMIS,
    code="dossiers_reactives",
    titre="Dossiers réactivés",
    condition="dossier.nb_reactivations > 0",
    definition="Dossiers soumis, annulés puis rouverts une fois au moins.",
)
EN_CORRECTION = replace(
    SOUMIS,
    code="dossiers_en_correction",
    titre="Dossiers en correction",
    condition="dossier.age_correction_jours is not null",
    definition="Dossiers soumis qui attendent à présent une correction du bailleur.",
)

SIGNEES = Ensemble(
    code="conventions_signees",
    titre="Conventions signées",
    genre=CONVENTIONS,
    condition="""
        convention.date_signature is not null
        and coalesce(convention.statut not in ('ANNULEE', 'ABANDONNEE'), true)
        and not convention.est_anah
    """,
    definition="Conventions signées, ni annulées ni abandonnées, hors ANAH.",
    source="fct_convention.date_signature",
)
NEES_DANS_APILOS = replace(
    SIGNEES,
    code="conventions_nees_dans_apilos",
    titre="Conventions nées dans APiLos",
    condition=f"{SIGNEES.condition} and convention.convention_id like 'apilos:%' and not coalesce(convention.est_reprise, false)",
    definition="Conventions signées, nées dans APiLos : une reprise d'Ecoloweb n'en est pas.",
    source="fct_convention.convention_id",
)
