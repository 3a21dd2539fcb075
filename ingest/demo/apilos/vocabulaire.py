"""What the codes of Ecoloweb are called in APiLos, and what the official import made of some."""

from __future__ import annotations

from functools import cache

from ingest.demo.faits import STATIONNEMENTS
from ingest.demo.geographie import GEOGRAPHIE, lire
from ingest.demo.referentiels import Nature, Secteur, famille, famille_source

NATURES_DE_BAILLEUR = {
    Secteur.HLM: "HLM",
    Secteur.SEM: "SEM",
    Secteur.AUTRE: "Autres bailleurs sociaux non HLM",
    Secteur.PRIVE: "Bailleurs privés",
}
SOUS_NATURES = {
    "110": "OFFICE_PUBLIC_HLM",
    "112": "OFFICE_PUBLIC_HLM",
    "114": "OFFICE_PUBLIC_HLM",
    "120": "SA_HLM_ESH",
    "130": "COOPERATIVE_HLM_SCIC",
    "140": "SACI_CAP",
    "210": "SEM_EPL",
    "312": "COMMUNE",
    "314": "ETC_PUBLIQUE_LOCAL",
    "320": "COMMERCIALES",
    "321": "COMMERCIALES",
    "326": "COMMERCIALES",
    "327": "COOPERATIVE_HLM_SCIC",
    "328": "FRONCIERE_LOGEMENT",
    "329": "ASSOCIATIONS",
    "330": "GIP",
    "331": "FONDATION",
    "332": "MUTUELLE",
    "333": "EPCI",
    "334": "DEPARTEMENT",
    "335": "ETC_PUBLIQUE_LOCAL",
    "336": "PACT_ARIM",
    "337": "CROUS",
    "338": "DRE_DDE_CETE_AC_PREF",
    "611": "PARTICULIERS",
}
"""Kind of an owner by its code in Ecoloweb, for those that APiLos has a word for."""
SOUS_NATURES_DEFORMEES = {
    "110": "COOPERATIVE_HLM_SCIC",
    "112": "COOPERATIVE_HLM_SCIC",
    "316": "ETS_HOSTIPATIERS_PRIVES",
    "320": "EPCI",
    "321": "FONDATION_HLM",
    "322": "ASSOCIATIONS",
    "323": "ASSOCIATIONS",
    "324": "ASSOCIATIONS",
    "325": "ETC_PUBLIQUE_LOCAL",
}
"""What the import wrote instead; of those without a word, it is all that there is."""
NATURES_DE_LOGEMENT = {
    Nature.ORDINAIRE: "LOGEMENTSORDINAIRES",
    Nature.RESIDENCE_SOCIALE: "RESISDENCESOCIALE",
    **dict.fromkeys((Nature.FOYER_PA, Nature.FOYER_PH, Nature.FTM, Nature.FJT, Nature.FOYER_INCLUSIF), "AUTRE"),
}
OPERATIONS = {"1": "NEUF", "2": "ACQUIS", "3": "ACQUISAMELIORATION", "5": "REHABILITATION"}
"""Nature of an operation, for those that APiLos has a word for."""
OPERATIONS_SANS_MOT = {"4": "SANSOBJET", "6": "SANSOBJET", "7": "SANSOBJET", "80": "USUFRUIT"}
SANS_OBJET = "SANSOBJET"
TYPOLOGIES = {"ST1": "T1", "T1": "T1", "T1P": "T1prime", "T1B": "T1bis", **{f"T{rang}": f"T{rang}" for rang in range(2, 7)}}
STATIONNEMENTS_APILOS = dict(zip(sorted(STATIONNEMENTS), ("GARAGE_AERIEN", "PLACE_STATIONNEMENT", "GARAGE_ENTERRE"), strict=True))
TYPES_D_AVENANT = (
    "logements",
    "bailleur",
    "duree",
    "commentaires",
    "programme",
    "denonciation",
    "resiliation",
    "champ_libre",
    "edd",
    "residence_attribution",
    "foyer_attribution",
    "variantes",
    "stationnement",
    "cadastre",
)
_TYPES_REPRIS = {"1": "bailleur", "2": "logements", "3": "logements", "5": "duree", "6": "logements", "7": "programme"}
ATTRIBUTIONS = (
    "attribution_agees_autonomie",
    "attribution_agees_ephad",
    "attribution_agees_desorientees",
    "attribution_agees_petite_unite",
    "attribution_agees_autre",
    "attribution_handicapes_foyer",
    "attribution_handicapes_foyer_de_vie",
    "attribution_handicapes_foyer_medicalise",
    "attribution_handicapes_autre",
    "attribution_residence_sociale_ordinaire",
    "attribution_pension_de_famille",
    "attribution_residence_accueil",
)
ATTRIBUTION_PAR_NATURE = {
    Nature.FOYER_PA: "attribution_agees_autonomie",
    Nature.FOYER_PH: "attribution_handicapes_foyer",
    Nature.RESIDENCE_SOCIALE: "attribution_residence_sociale_ordinaire",
}
TEXTES_D_ATTRIBUTION = (
    "attribution_agees_autre_detail",
    "attribution_handicapes_autre_detail",
    "attribution_modalites_reservations",
    "attribution_modalites_choix_personnes",
    "attribution_prestations_integrees",
    "attribution_prestations_facultatives",
)
NON_RENSEIGNE = "Non renseigné (Ecoloweb)"


def financement(code: str) -> str:
    """Return the financing that the import gives to a code of Ecoloweb: its family, or none at all."""
    return "SANS_FINANCEMENT" if famille(code) == "SANS_FINANCEMENT" else famille_source(code)


def types_d_avenant(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the types of an amendment in the words of APiLos, which has few."""
    return tuple(sorted({_TYPES_REPRIS.get(code, "champ_libre") for code in codes}))


def operation(code: str | None) -> str:
    """Return the kind of an operation."""
    return OPERATIONS.get(code or "") or OPERATIONS_SANS_MOT.get(code or "", SANS_OBJET)


@cache
def regions() -> dict[str, str]:
    """Return today's region of each département."""
    return {ligne["code_departement"]: ligne["code_region"] for ligne in lire(GEOGRAPHIE / "departement.csv")}
