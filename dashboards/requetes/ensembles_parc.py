"""The sets of agreements, amendments and owners that the figures of the parc count."""

from __future__ import annotations

from dataclasses import replace

from dashboards.requetes.communs import Portee
from dashboards.requetes.ensembles import Ensemble, Genre

CONVENTIONS = Genre(
    code="convention",
    depuis="fct_convention as convention",
    cle="convention.convention_id",
    portee=Portee(
        territoire="convention.code_departement",
        date="convention.date_signature",
        familles="convention.familles_financement",
        bailleur="convention.bailleur_id",
        source="convention.source",
    ),
    champs="convention.*, bailleur.nom as nom_bailleur, departement.nom_departement",
    jointures="""
        left join dim_bailleur as bailleur on convention.bailleur_id = bailleur.bailleur_id
        left join dim_departement as departement on convention.code_departement = departement.code_departement
    """,
)
_AVENANTS = Genre(
    code="avenant",
    depuis="fct_avenant as avenant left join fct_convention as convention on avenant.convention_id = convention.convention_id",
    cle="avenant.avenant_id",
    portee=CONVENTIONS.portee,
    champs="avenant.*, convention.numero as numero_convention, convention.nom_commune, convention.code_departement",
)

_BAILLEURS = Genre(
    code="bailleur",
    depuis="dim_bailleur as bailleur",
    cle="bailleur.bailleur_id",
    portee=replace(CONVENTIONS.portee, bailleur="lot.bailleur_id"),
    filtre="""bailleur.bailleur_id in (
        select lot.bailleur_id
        from fct_lot as lot
        inner join fct_convention as convention using (convention_id)
        where convention.est_en_vigueur and {communs}
    )""",
    champs="bailleur.*",
)


def _conventions(code: str, titre: str, condition: str, definition: str, champ: str) -> Ensemble:
    source = f"fct_convention.{champ}" if champ else "fct_convention"
    return Ensemble(code=code, titre=titre, genre=CONVENTIONS, condition=condition, definition=definition, source=source)


TOUTES = _conventions(
    "conventions",
    "Conventions",
    "true",
    "Conventions juridiques connues, tous statuts confondus. Une convention mixte est une seule convention.",
    "",
)
EN_VIGUEUR = _conventions(
    "en_vigueur",
    "Conventions en vigueur",
    "convention.est_en_vigueur",
    "Conventions dont la période courante est signée, en cours de publication, publiée ou opposable.",
    "est_en_vigueur",
)
SANS_LOGEMENT = _conventions(
    "sans_logement",
    "Conventions en vigueur sans nombre de logements",
    "convention.est_en_vigueur and convention.nb_logements is null",
    "Conventions en vigueur dont le nombre de logements de la période courante est inconnu.",
    "nb_logements",
)
MIXTES = _conventions(
    "mixtes",
    "Conventions mixtes",
    "convention.est_en_vigueur and convention.est_mixte",
    "Conventions en vigueur dont la période courante porte au moins deux familles de financement.",
    "est_mixte",
)
ANAH = _conventions(
    "anah",
    "Conventions ANAH",
    "convention.est_en_vigueur and convention.est_anah",
    "Conventions en vigueur avec un financement 17, 18, 19 ou 81, ou de type 77-1131, 80-429 ou 2006-1200.",
    "est_anah",
)
SANS_PUBLICATION = _conventions(
    "sans_publication",
    "Sans publication",
    "convention.est_en_vigueur and convention.date_publication is null",
    "Conventions en vigueur sans date de publication au fichier immobilier dans leur période courante.",
    "date_publication",
)
EXPIREES = _conventions(
    "expirees",
    "Expiration passée",
    "convention.est_en_vigueur and convention.date_expiration < $reference::date",
    "Conventions en vigueur dont la date d'expiration précède la date de référence ; beaucoup sont reconduites tacitement.",
    "date_expiration",
)
AVENANTS = Ensemble(
    code="avenants",
    titre="Avenants",
    genre=_AVENANTS,
    condition="true",
    definition=(
        "Avenants de ces conventions, annulés compris. Sans filtre, ceux d'une convention refusée à l'import comptent aussi."
    ),
    source="fct_avenant",
)
AVENANTS_ANNULES = Ensemble(
    code="avenants_annules",
    titre="Avenants annulés",
    genre=_AVENANTS,
    condition="avenant.est_annule",
    definition="Avenants annulés de ces conventions.",
    source="fct_avenant.est_annule",
)
BAILLEURS = Ensemble(
    code="bailleurs",
    titre="Bailleurs",
    genre=_BAILLEURS,
    condition="true",
    definition="Propriétaires distincts des lots courants des conventions en vigueur, sans rapprochement entre fiches voisines.",
    source="fct_lot.bailleur_id",
)
