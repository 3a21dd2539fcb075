"""Cases of the rules on places. A case often adds its own row of the communes, which only its agreement uses."""

from __future__ import annotations

from dataclasses import replace

from ingest.demo import officiel
from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import AN, AV, IN, Cas, Choix, Geste, commune, lot, puis, region, tous
from ingest.demo.faits import Adresse, Convention, Etat, Lot
from ingest.demo.geographie import Commune, sans_accent
from ingest.demo.referentiels import region_du_departement

CORSE = frozenset({"2A", "2B"})
_REGIONS_INCHANGEES = frozenset({"11", "24", "52", "53", "93", "94"})
_METROPOLE = tous(choix.simple, lambda convention: not convention.departement.est_outre_mer)


def _commune(convention: Convention) -> Commune:
    return convention.courante.contenu[-1].commune


def _est_ordinaire(convention: Convention) -> bool:
    """Whether the commune has its code of today and a SIREN to tell it by."""
    ici = _commune(convention)
    return ici.code == ici.code_officiel and ici.siren is not None


def _fausse(convention: Convention) -> Commune:
    """Return the commune under a code that begins with a letter, as `A3063`: each first digit has its own."""
    ici = _commune(convention)
    return replace(ici, code="ABCDEFGHIJ"[int(ici.code[0])] + ici.code[1:])


def _nouvelle(officielle: officiel.CommuneOfficielle, modele: Commune) -> Commune:
    return replace(
        modele,
        code=officielle.code,
        code_officiel=officielle.code,
        nom=officielle.nom[:50],
        siren=officielle.siren or None,
        codes_postaux=officielle.codes_postaux,
    )


def _anciens(convention: Convention) -> list[str]:
    """Return the former codes of the commune that no row has."""
    departement = convention.departement
    pris = {voisine.code for voisine in departement.communes}
    codes = officiel.anciens_codes(_commune(convention).code_officiel)
    return [code for code in codes if code.startswith(departement.code) and code not in pris]


def _a_un_ancien_code(convention: Convention) -> bool:
    return _est_ordinaire(convention) and bool(_anciens(convention))


def _ancienne(convention: Convention) -> Commune:
    return replace(_commune(convention), code=_anciens(convention)[0], siren=None, est_active=False)


def _a_des_arrondissements(convention: Convention) -> bool:
    return bool(officiel.arrondissements(_commune(convention).code_officiel))


def _arrondissement(convention: Convention) -> Commune:
    return _nouvelle(officiel.arrondissements(_commune(convention).code_officiel)[-1], _commune(convention))


def _libres(convention: Convention) -> list[officiel.CommuneOfficielle]:
    """Return the communes of the département that no row has."""
    departement = convention.departement
    prises = {voisine.code_officiel for voisine in departement.communes}
    return [libre for libre in officiel.communes_du_departement(departement.code) if libre.code not in prises]


def _a_des_communes_libres(convention: Convention) -> bool:
    return len(_libres(convention)) >= 4  # noqa: PLR2004 - one for each case below


def _classer(rang: int, departement: str | None) -> Geste:
    """Move to the nth free commune, filed under a département that is not its own: the first or the second when None."""

    def ailleurs(convention: Convention) -> Commune:
        faux = departement or ("02" if convention.departement.code == "01" else "01")
        return replace(_nouvelle(_libres(convention)[rang], _commune(convention)), departement_ecoloweb=faux)

    return gestes.situer(ailleurs)


def _voisines(convention: Convention) -> list[Commune]:
    ici = _commune(convention)
    return [
        voisine for voisine in convention.departement.communes if voisine.code_officiel != ici.code_officiel and voisine.est_active
    ]


def _a_des_voisines(convention: Convention) -> bool:
    return bool(_voisines(convention))


def _code_postal_d_ailleurs(convention: Convention) -> str | None:
    ici = _commune(convention)
    return next((v.codes_postaux[0] for v in _voisines(convention) if v.codes_postaux[0] not in ici.codes_postaux), None)


def _a_un_code_postal_voisin(convention: Convention) -> bool:
    return _code_postal_d_ailleurs(convention) is not None and bool(convention.courante.contenu[0].adresses)


def _mal_adresser(convention: Convention, atelier: Atelier) -> None:
    code_postal = _code_postal_d_ailleurs(convention) or ""
    gestes.adresser(lambda _, adresse: replace(adresse, code_postal=code_postal))(convention, atelier)


def _mal_adresser_ensuite(convention: Convention, atelier: Atelier) -> None:
    code_postal = _code_postal_d_ailleurs(convention) or ""
    gestes.adresser(_deuxieme(code_postal), rang=1)(convention, atelier)


def _deuxieme(code_postal: str) -> gestes.ChangementAdresse:
    def changement(_: Lot, adresse: Adresse) -> Adresse:
        ligne1, ligne2, voie, ligne4 = adresse.lignes
        return replace(adresse, lignes=(ligne1, ligne2, f"{voie} BIS"[:38], ligne4), code_postal=code_postal)

    return changement


def _en_cedex(lot_: Lot, adresse: Adresse) -> Adresse:
    ville = f"{sans_accent(lot_.commune.nom)[:26]} CEDEX"
    return replace(adresse, code_postal=f"{adresse.code_postal[:2]}999", ville=ville)


def _disperser(convention: Convention, _: Atelier) -> None:
    gestes.emmenager(convention.courante.contenu[-1], _voisines(convention)[0])


def _venir_d_ailleurs(convention: Convention, _: Atelier) -> None:
    origine = convention.periodes[0]
    origine.contenu = [replace(lot_) for lot_ in origine.contenu]
    gestes.emmenager(origine.contenu[-1], _voisines(convention)[0])


def _venir_du_fictif(convention: Convention, atelier: Atelier) -> None:
    origine = convention.periodes[0]
    faux = replace(_nouvelle(_libres(convention)[1], _commune(convention)), departement_ecoloweb="999")
    origine.contenu = [replace(lot_, commune=atelier.commune(faux)) for lot_ in origine.contenu]


def _separer_sur_place(convention: Convention, atelier: Atelier) -> None:
    gestes.separer(convention.courante.contenu[0].financement)(convention, atelier)


def _instruire_a_cote(convention: Convention, atelier: Atelier) -> None:
    convention.office = atelier.ddt_voisine(convention.departement)


def _deleguer_ailleurs(convention: Convention, atelier: Atelier) -> None:
    convention.office = atelier.delegataire_voisin(convention.departement)


def _region(*codes: str, parmi: bool = True) -> Choix:
    return lambda convention: (region_du_departement(convention.departement.code)[1] in codes) is parmi


_GEO_003 = frozenset({"GEO-003"})
_FICTIVE = frozenset({"GEO-003", "GEO-010"})
_LIBRE = tous(_METROPOLE, _a_des_communes_libres)
_SEPARABLE = tous(_METROPOLE, choix.ordinaire, choix.separable)

LIEUX = (
    Cas(
        "GEO-001",
        AN,
        "Code commune défiguré, comme D3063 pour 33063 ; le SIREN dit la commune",
        tous(choix.simple, _est_ordinaire),
        gestes.situer(_fausse),
        commune,
    ),
    Cas(
        "GEO-001",
        None,
        "Arrondissement de Paris, Lyon ou Marseille",
        tous(_METROPOLE, _a_des_arrondissements),
        gestes.situer(_arrondissement),
        commune,
    ),
    Cas(
        "GEO-001",
        None,
        "Code d'une commune fusionnée depuis",
        tous(_METROPOLE, _a_un_ancien_code),
        gestes.situer(_ancienne),
        commune,
    ),
    Cas(
        "GEO-002", IN, "Code d'une commune fusionnée depuis", tous(_METROPOLE, _a_un_ancien_code), gestes.situer(_ancienne), commune
    ),
    Cas(
        "GEO-002",
        None,
        "Arrondissement de Paris, Lyon ou Marseille",
        tous(_METROPOLE, _a_des_arrondissements),
        gestes.situer(_arrondissement),
        commune,
    ),
    Cas(
        "GEO-002", None, "Commune d'aujourd'hui dont une autre a pris la suite", tous(_METROPOLE, _a_un_ancien_code), objet=commune
    ),
    Cas("GEO-003", AN, "Commune rangée dans un autre département que le sien", _LIBRE, _classer(0, None), commune),
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
    Cas("GEO-004", IN, "Région d'avant 2016", tous(_METROPOLE, _region(*_REGIONS_INCHANGEES, parmi=False)), objet=region),
    Cas(
        "GEO-004", None, "Région dont le code n'a pas changé en 2016", tous(_METROPOLE, _region(*_REGIONS_INCHANGEES)), objet=region
    ),
    Cas("GEO-004", None, "Région d'outre-mer", tous(choix.simple, choix.outre_mer), objet=region),
    Cas("GEO-004", None, "Région fictive 99", _LIBRE, _classer(1, "999"), region, _FICTIVE),
    Cas("GEO-005", AV, "Code postal d'une commune voisine", tous(_METROPOLE, _a_un_code_postal_voisin), _mal_adresser, lot),
    Cas("GEO-005", None, "Code postal d'un CEDEX", _METROPOLE, gestes.adresser(_en_cedex), lot),
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
        tous(_METROPOLE, lambda convention: len(_commune(convention).codes_postaux) > 1),
        gestes.adresser(lambda lot_, adresse: replace(adresse, code_postal=lot_.commune.codes_postaux[-1])),
        lot,
    ),
    Cas(
        "GEO-005",
        None,
        "Code postal voisin à la seconde adresse seulement",
        tous(_METROPOLE, _a_un_code_postal_voisin),
        _mal_adresser_ensuite,
        lot,
    ),
    Cas(
        "GEO-006",
        AN,
        "Commune de Corse sous un code d'avant 1976, comme 20004",
        tous(choix.simple, choix.departement(*CORSE), _est_ordinaire),
        gestes.situer(lambda convention: replace(_commune(convention), code=f"20{_commune(convention).code[2:]}")),
        commune,
    ),
    Cas(
        "GEO-006",
        AN,
        "Commune de Corse rangée dans un département 20",
        tous(choix.simple, choix.departement(*CORSE), _a_des_communes_libres),
        _classer(3, "20"),
        commune,
        _GEO_003,
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
        tous(_METROPOLE, lambda convention: "20" in _commune(convention).code[1:]),
        objet=commune,
    ),
    Cas(
        "GEO-009", AV, "Deux programmes dans deux communes", tous(_SEPARABLE, _a_des_voisines), puis(_separer_sur_place, _disperser)
    ),
    Cas(
        "GEO-009",
        None,
        "Deux programmes, l'un sous l'ancien code de la commune de l'autre",
        tous(_SEPARABLE, _a_un_ancien_code),
        puis(_separer_sur_place, gestes.situer(_ancienne)),
    ),
    Cas("GEO-009", None, "Commune corrigée d'une période à la suivante", tous(_METROPOLE, _a_des_voisines), _venir_d_ailleurs),
    Cas("GEO-010", AN, "Commune rangée dans le département fictif 999", _LIBRE, _classer(1, "999"), avec=_GEO_003),
    Cas("GEO-010", AN, "Commune rangée dans le département fictif 99", _LIBRE, _classer(2, "99"), avec=_GEO_003),
    Cas("GEO-010", None, "Département fictif dans la première période seulement", _LIBRE, _venir_du_fictif),
    Cas(
        "GEO-010",
        None,
        "Département fictif dans une instruction abandonnée",
        tous(choix.etat(Etat.ANI), lambda convention: len(convention.courante.contenu) == 1, _a_des_communes_libres),
        _classer(1, "999"),
        avec=_GEO_003,
    ),
    Cas("GEO-011", AV, "Instruite par la DDT d'un autre département", _METROPOLE, _instruire_a_cote),
    Cas("GEO-011", None, "Instruite par le délégataire d'un autre département", _METROPOLE, _deleguer_ailleurs),
    Cas("GEO-011", None, "Instruite en Corse par la DDT DD02A ou DD02B", tous(choix.simple, choix.departement(*CORSE))),
)
