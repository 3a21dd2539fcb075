"""What the page « Fiche convention » reads: the search, then everything one run says of one agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.donnees import Ligne, lire
from dashboards.normes import norme, norme_sql

if TYPE_CHECKING:
    from data_contracts.publication import PublishedRun

PAR_PAGE = 20
"""Agreements shown on one page of results."""
_SEPARATEURS = "[^A-Z0-9]*"
"""What may stand between two characters of a number, which is already in capitals without accents."""

_ENTIER = f"'{_SEPARATEURS}' || $3 || '{_SEPARATEURS}'"

_TROUVEES = f"""
-- an owner or a commune of any current lot counts, not only those of most dwellings
with bailleur as (
    select bailleur_id
    from dim_bailleur
    where $2 <> '' and (contains({norme_sql("nom")}, $2) or {norme_sql("sigle")} = $2 or siren = $2 or siret = $2)
),

commune as (
    select code_commune
    from dim_commune
    where $2 <> '' and (starts_with({norme_sql("nom_commune")}, $2) or code_commune = $2)
),

trouvee as (
    select convention_id, 1 as ordre, 'identifiant' as trouvee_par
    from fct_convention
    where convention_id = $1 or cle_source = $1
    union all
    select convention_id, 1 as ordre, 'identifiant dans une autre source' as trouvee_par
    from dim_convention_alias
    where cle_source = $1
    union all
    -- the pattern walks through the separators: taking them out of every number first would cost ten times as much
    select
        convention_id,
        if(regexp_full_match(numero_norm, {_ENTIER}) or regexp_full_match(numero_normalise_source, {_ENTIER}), 2, 3) as ordre,
        'numéro' as trouvee_par
    from fct_convention
    where $3 <> '' and (regexp_matches(numero_norm, $3) or regexp_matches(numero_normalise_source, $3))
    union all
    select convention_id, 4 as ordre, 'bailleur' as trouvee_par
    from fct_lot
    inner join bailleur using (bailleur_id)
    union all
    select convention_id, 4 as ordre, 'bailleur' as trouvee_par
    from fct_convention
    inner join bailleur using (bailleur_id)
    union all
    select convention_id, 5 as ordre, 'commune' as trouvee_par
    from fct_lot
    inner join commune using (code_commune)
    union all
    select convention_id, 5 as ordre, 'commune' as trouvee_par
    from fct_convention
    inner join commune using (code_commune)
),

rangee as (
    select convention_id, min(ordre) as ordre, arg_min(trouvee_par, ordre) as trouvee_par
    from trouvee
    group by convention_id
)

select
    convention.convention_id,
    convention.numero,
    convention.libelle,
    convention.statut,
    convention.est_en_vigueur,
    convention.nom_commune,
    convention.code_departement,
    convention.nb_logements,
    convention.familles_financement,
    bailleur.nom as bailleur,
    rangee.trouvee_par,
    count(*) over () as nb_trouvees
from rangee
inner join fct_convention as convention using (convention_id)
left join dim_bailleur as bailleur on convention.bailleur_id = bailleur.bailleur_id
order by rangee.ordre, convention.code_departement nulls last, convention.numero_norm nulls last, convention.convention_id
limit $4 offset $5
"""

_REFUSEES = """
select source, cle_source, motif
from rec_convention
where destin = 'quarantaine' and (cle_source = $1 or source || ':' || cle_source = $1)
order by source, cle_source
"""

_CONVENTION = """
select
    convention.*,
    departement.nom_departement,
    departement.nom_region,
    bailleur.nom as nom_bailleur,
    bailleur.siren as siren_bailleur,
    administration.nom as nom_administration
from fct_convention as convention
left join dim_departement as departement on convention.code_departement = departement.code_departement
left join dim_bailleur as bailleur on convention.bailleur_id = bailleur.bailleur_id
left join dim_administration as administration on convention.administration_id = administration.administration_id
where convention.convention_id = $1
"""

_PERIODES = """
select version.*, avenant.numero as numero_avenant
from fct_convention_version as version
left join fct_avenant as avenant on version.avenant_id = avenant.avenant_id
where version.convention_id = $1
order by version.rang
"""

_LOTS = """
select
    lot.*,
    commune.nom_commune,
    bailleur.nom as nom_bailleur,
    gestionnaire.nom as nom_gestionnaire,
    financement.libelle as libelle_financement
from fct_lot as lot
left join dim_commune as commune on lot.code_commune = commune.code_commune
left join dim_bailleur as bailleur on lot.bailleur_id = bailleur.bailleur_id
left join dim_bailleur as gestionnaire on lot.gestionnaire_id = gestionnaire.bailleur_id
left join dim_financement as financement on lot.code_typefinancement = financement.code_typefinancement
where lot.convention_id = $1
order by lot.ordre nulls last, lot.lot_id
"""

_TYPOLOGIES = """
select
    lot.ordre,
    lot.financement,
    logement.typologie,
    sum(logement.nb_logements) as nb_logements,
    sum(logement.surface_habitable_m2) as surface_habitable_m2,
    sum(logement.surface_utile_m2) as surface_utile_m2,
    min(logement.loyer_eur) as loyer_min_eur,
    max(logement.loyer_eur) as loyer_max_eur
from fct_logement as logement
inner join fct_lot as lot using (lot_id)
where logement.convention_id = $1
group by lot.lot_id, lot.ordre, lot.financement, logement.typologie
order by lot.ordre nulls last, lot.lot_id, logement.typologie nulls last
"""


_AGREMENTS = """
select
    lien.statut,
    lien.methode,
    lien.confiance,
    lien.explication,
    agrement.* exclude (statut, convention_id)
from fct_rapprochement as lien
inner join fct_agrement as agrement using (agrement_id)
where lien.convention_id = $1
order by lien.statut desc, agrement.agrement_id
"""


@dataclass(frozen=True)
class Detail:
    """A list of rows of one agreement: the query that reads it whole."""

    mart: str
    ordre: str

    @property
    def requete(self) -> str:
        """The query, with the agreement as its only parameter."""
        return f"select * from {self.mart} where convention_id = $1 order by {self.ordre}"


AVENANTS = Detail("fct_avenant", "numero nulls last, avenant_id")
PARCELLES = Detail("fct_parcelle", "code_commune, prefixe, section, numero, parcelle_id")
ANNEXES = Detail("fct_annexe", "lot_id, code_typeannexe, annexe_id")
PRETS = Detail("fct_pret", "date, pret_id")
PIECES_JOINTES = Detail("fct_piece_jointe", "date, piece_jointe_id")
EVENEMENTS = Detail("fct_evenement", "date, evenement_id")
COMMENTAIRES = Detail("fct_commentaire", "date, commentaire_id")
REPRISE_APILOS = Detail("rec_apilos", "numero_avenant, cle_apilos")


def chercher(run: PublishedRun, saisie: str, page: int = 1) -> list[Ligne]:
    """Return one page of the agreements that answer a search, the nearest first; each row carries `nb_trouvees`.

    The search is compared to identifiers, numbers in any spelling, owners (name, acronym, SIREN, SIRET) and communes (name, code).
    """
    cherche = norme(saisie)
    # a text without digit is no number
    numero = _SEPARATEURS.join(cherche) if any(map(str.isdigit, cherche)) else ""
    return lire(run, _TROUVEES, (saisie.strip(), cherche, numero, PAR_PAGE, (page - 1) * PAR_PAGE))


def refusees(run: PublishedRun, identifiant: str) -> list[Ligne]:
    """Return the agreements received under this key and refused: source, cle_source, motif."""
    return lire(run, _REFUSEES, (identifiant,))


def convention(run: PublishedRun, convention_id: str) -> Ligne | None:
    """Return an agreement with the names behind its codes, None when the run has none of this identifier."""
    found = lire(run, _CONVENTION, (convention_id,))
    return found[0] if found else None


def periodes(run: PublishedRun, convention_id: str) -> list[Ligne]:
    """Return the periods of an agreement, oldest first, with the number of the amendment that opened each."""
    return lire(run, _PERIODES, (convention_id,))


def lots(run: PublishedRun, convention_id: str) -> list[Ligne]:
    """Return the current lots of an agreement, with the names behind their codes."""
    return lire(run, _LOTS, (convention_id,))


def agrements(run: PublishedRun, convention_id: str) -> list[Ligne]:
    """Return the agréments linked to an agreement, then those to look at, with how they were compared."""
    return lire(run, _AGREMENTS, (convention_id,))


def typologies(run: PublishedRun, convention_id: str) -> list[Ligne]:
    """Return the current dwellings of an agreement, by lot and kind."""
    return lire(run, _TYPOLOGIES, (convention_id,))


def detail(run: PublishedRun, convention_id: str, quoi: Detail) -> list[Ligne]:
    """Return the rows of one mart that belong to an agreement, ordered."""
    return lire(run, quoi.requete, (convention_id,))
