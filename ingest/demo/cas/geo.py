"""Cases of the rules on places."""

from __future__ import annotations

from dataclasses import replace

from ingest.demo.cas import choix, gestes, lieux
from ingest.demo.cas.cas import AN, AV, IN, Cas, Choix, commune, lot, puis, region, tous
from ingest.demo.faits import Etat
from ingest.demo.referentiels import region_du_departement

CORSE = frozenset({"2A", "2B"})
_REGIONS_INCHANGEES = frozenset({"11", "24", "52", "53", "93", "94"})
_METROPOLE = tous(choix.simple, lambda convention: not convention.departement.est_outre_mer)


def _region(*codes: str, parmi: bool = True) -> Choix:
    return lambda convention: (region_du_departement(convention.departement.code)[1] in codes) is parmi


_FICTIVE = frozenset({"GEO-010"})
_LIBRE = tous(_METROPOLE, lieux.a_des_communes_libres)
_SEPARABLE = tous(_METROPOLE, choix.ordinaire, choix.separable)

LIEUX = (
    Cas(
        "GEO-001",
        AN,
        "Code commune défiguré, comme D3063 pour 33063 ; le SIREN dit la commune",
        tous(choix.simple, lieux.est_ordinaire),
        gestes.situer(lieux.fausse),
        commune,
    ),
    Cas(
        "GEO-001",
        None,
        "Arrondissement de Paris, Lyon ou Marseille",
        tous(_METROPOLE, lieux.a_des_arrondissements),
        gestes.situer(lieux.arrondissement),
        commune,
    ),
    Cas(
        "GEO-001",
        None,
        "Code d'une commune fusionnée depuis",
        tous(_METROPOLE, lieux.a_un_ancien_code),
        gestes.situer(lieux.ancienne),
        commune,
    ),
    Cas(
        "GEO-002",
        IN,
        "Code d'une commune fusionnée depuis",
        tous(_METROPOLE, lieux.a_un_ancien_code),
        gestes.situer(lieux.ancienne),
        commune,
    ),
    Cas(
        "GEO-002",
        None,
        "Arrondissement de Paris, Lyon ou Marseille",
        tous(_METROPOLE, lieux.a_des_arrondissements),
        gestes.situer(lieux.arrondissement),
        commune,
    ),
    Cas(
        "GEO-002",
        None,
        "Commune d'aujourd'hui qui en a absorbé une autre",
        tous(_METROPOLE, lieux.a_un_ancien_code),
        objet=commune,
    ),
    Cas("GEO-003", AN, "Commune rangée dans un autre département que le sien", _LIBRE, lieux.classer(0, None), commune),
    Cas(
        "GEO-003", None, "Commune de Corse : 2A ou 2B des deux côtés", tous(choix.simple, choix.departement(*CORSE)), objet=commune
    ),
    Cas(
        "GEO-003",
        None,
        "Commune d'outre-mer : un département de trois chiffres",
        tous(choix.simple, choix.outre_mer),
        objet=commune,
    ),
    Cas("GEO-003", None, "Commune rangée dans le département fictif 999", _LIBRE, lieux.classer(1, "999"), commune, _FICTIVE),
    Cas("GEO-004", IN, "Région d'avant 2016", tous(_METROPOLE, _region(*_REGIONS_INCHANGEES, parmi=False)), objet=region),
    Cas(
        "GEO-004", None, "Région dont le code n'a pas changé en 2016", tous(_METROPOLE, _region(*_REGIONS_INCHANGEES)), objet=region
    ),
    Cas("GEO-004", None, "Région d'outre-mer", tous(choix.simple, choix.outre_mer), objet=region),
    Cas("GEO-004", None, "Région fictive 99", _LIBRE, lieux.classer(1, "999"), region, _FICTIVE),
    Cas(
        "GEO-005", AV, "Code postal d'une commune voisine", tous(_METROPOLE, lieux.a_un_code_postal_voisin), lieux.mal_adresser, lot
    ),
    Cas("GEO-005", None, "Code postal d'un CEDEX", _METROPOLE, gestes.adresser(lieux.en_cedex), lot),
    Cas(
        "GEO-005",
        None,
        "Code INSEE tapé à la place du code postal",
        _METROPOLE,
        gestes.adresser(lambda lot_, adresse: replace(adresse, code_postal=lot_.commune.code_officiel)),
        lot,
    ),
    Cas(
        "GEO-005",
        None,
        "Dernier code postal d'une commune qui en a plusieurs",
        tous(_METROPOLE, lambda convention: len(lieux.commune_de(convention).codes_postaux) > 1),
        gestes.adresser(lambda lot_, adresse: replace(adresse, code_postal=lot_.commune.codes_postaux[-1])),
        lot,
    ),
    Cas(
        "GEO-005",
        None,
        "Code postal voisin à la seconde adresse seulement",
        tous(_METROPOLE, lieux.a_un_code_postal_voisin),
        lieux.mal_adresser_ensuite,
        lot,
    ),
    Cas(
        "GEO-006",
        AN,
        "Commune de Corse sous un code d'avant 1976, comme 20004",
        tous(choix.simple, choix.departement(*CORSE), lieux.est_ordinaire),
        gestes.situer(lambda convention: replace(lieux.commune_de(convention), code=f"20{lieux.commune_de(convention).code[2:]}")),
        commune,
    ),
    Cas(
        "GEO-006",
        AN,
        "Commune de Corse rangée dans un département 20",
        tous(choix.simple, choix.departement(*CORSE), lieux.a_des_communes_libres),
        lieux.classer(3, "20"),
        commune,
    ),
    Cas(
        "GEO-006",
        None,
        "Commune de Corse, dont seul le code postal commence par 20",
        tous(choix.simple, choix.departement(*CORSE)),
        objet=commune,
    ),
    Cas(
        "GEO-006",
        None,
        "Code commune qui contient 20 ailleurs qu'au début",
        tous(_METROPOLE, lambda convention: "20" in lieux.commune_de(convention).code[1:]),
        objet=commune,
    ),
    Cas(
        "GEO-009",
        AV,
        "Deux programmes dans deux communes",
        tous(_SEPARABLE, lieux.a_des_voisines),
        puis(lieux.separer_sur_place, lieux.disperser),
    ),
    Cas(
        "GEO-009",
        None,
        "Deux programmes, l'un sous l'ancien code de la commune de l'autre",
        tous(_SEPARABLE, lieux.a_un_ancien_code),
        puis(lieux.separer_sur_place, gestes.situer(lieux.ancienne)),
    ),
    Cas(
        "GEO-009",
        None,
        "Commune corrigée d'une période à la suivante",
        tous(_METROPOLE, lieux.a_des_voisines),
        lieux.venir_d_ailleurs,
    ),
    Cas("GEO-010", AN, "Commune rangée dans le département fictif 999", _LIBRE, lieux.classer(1, "999")),
    Cas("GEO-010", AN, "Commune rangée dans le département fictif 99", _LIBRE, lieux.classer(2, "99")),
    Cas("GEO-010", None, "Département fictif dans la première période seulement", _LIBRE, lieux.venir_du_fictif),
    Cas(
        "GEO-010",
        None,
        "Département fictif dans une instruction abandonnée",
        tous(choix.etat(Etat.ANI), lambda convention: len(convention.courante.contenu) == 1, lieux.a_des_communes_libres),
        lieux.classer(1, "999"),
    ),
    Cas("GEO-011", AV, "Instruite par la DDT d'un autre département", _METROPOLE, lieux.instruire_a_cote),
    Cas("GEO-011", None, "Instruite par le délégataire d'un autre département", _METROPOLE, lieux.deleguer_ailleurs),
    Cas("GEO-011", None, "Instruite en Corse par la DDT DD02A ou DD02B", tous(choix.simple, choix.departement(*CORSE))),
)
