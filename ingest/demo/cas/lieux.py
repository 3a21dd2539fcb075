"""Places for cases: which communes suit, and how an agreement comes to be in one. A case often adds its own row of communes."""

from __future__ import annotations

from dataclasses import replace

from ingest.demo import officiel
from ingest.demo.cas import gestes
from ingest.demo.cas.atelier import Atelier
from ingest.demo.cas.cas import Geste
from ingest.demo.faits import Adresse, Convention, Lot
from ingest.demo.geographie import Commune, sans_accent

_COMMUNES_A_CLASSER = 4
"""How many ranks `classer` is called with: each way of misfiling has its own commune."""


def commune_de(convention: Convention) -> Commune:
    """Return the commune of the last programme."""
    return convention.courante.contenu[-1].commune


def est_ordinaire(convention: Convention) -> bool:
    """Whether the commune has its code of today and a SIREN to tell it by."""
    ici = commune_de(convention)
    return ici.code == ici.code_officiel and ici.siren is not None


def fausse(convention: Convention) -> Commune:
    """Return the commune under a code that begins with a letter, as `A3063`: each first digit has its own."""
    ici = commune_de(convention)
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
    codes = officiel.anciens_codes(commune_de(convention).code_officiel)
    return [code for code in codes if code.startswith(departement.code) and code not in pris]


def a_un_ancien_code(convention: Convention) -> bool:
    """Whether a commune that merged into it has left a code that no row has."""
    return est_ordinaire(convention) and bool(_anciens(convention))


def ancienne(convention: Convention) -> Commune:
    """Return the commune under a former code, without SIREN."""
    return replace(commune_de(convention), code=_anciens(convention)[0], siren=None, est_active=False)


def a_des_arrondissements(convention: Convention) -> bool:
    """Whether it is Paris, Lyon or Marseille."""
    return bool(officiel.arrondissements(commune_de(convention).code_officiel))


def arrondissement(convention: Convention) -> Commune:
    """Return an arrondissement of the commune."""
    return _nouvelle(officiel.arrondissements(commune_de(convention).code_officiel)[-1], commune_de(convention))


def _libres(convention: Convention) -> list[officiel.CommuneOfficielle]:
    """Return the communes of the département that no row has."""
    departement = convention.departement
    prises = {voisine.code_officiel for voisine in departement.communes}
    return [libre for libre in officiel.communes_du_departement(departement.code) if libre.code not in prises]


def a_des_communes_libres(convention: Convention) -> bool:
    """Whether the département has enough communes that no row has."""
    return len(_libres(convention)) >= _COMMUNES_A_CLASSER


def classer(rang: int, departement: str | None) -> Geste:
    """Move to the nth free commune, filed under a département that is not its own: the first or the second when None."""

    def ailleurs(convention: Convention) -> Commune:
        faux = departement or ("02" if convention.departement.code == "01" else "01")
        return replace(_nouvelle(_libres(convention)[rang], commune_de(convention)), departement_ecoloweb=faux)

    return gestes.situer(ailleurs)


def _voisines(convention: Convention) -> list[Commune]:
    ici = commune_de(convention)
    return [
        voisine for voisine in convention.departement.communes if voisine.code_officiel != ici.code_officiel and voisine.est_active
    ]


def a_des_voisines(convention: Convention) -> bool:
    """Whether the département has other communes."""
    return bool(_voisines(convention))


def _code_postal_d_ailleurs(convention: Convention) -> str | None:
    """Return a postal code of another commune that is neither one of this commune nor, by chance, its INSEE code."""
    ici = commune_de(convention)
    d_ici = {*ici.codes_postaux, ici.code, ici.code_officiel}
    return next((code for voisine in _voisines(convention) for code in voisine.codes_postaux if code not in d_ici), None)


def a_un_code_postal_voisin(convention: Convention) -> bool:
    """Whether another commune has a postal code that this one does not."""
    return _code_postal_d_ailleurs(convention) is not None and bool(convention.courante.contenu[0].adresses)


def mal_adresser(convention: Convention, atelier: Atelier) -> None:
    """Give the first address the postal code of another commune."""
    code_postal = _code_postal_d_ailleurs(convention) or ""
    gestes.adresser(lambda _, adresse: replace(adresse, code_postal=code_postal))(convention, atelier)


def mal_adresser_ensuite(convention: Convention, atelier: Atelier) -> None:
    """Give the second address the postal code of another commune."""
    code_postal = _code_postal_d_ailleurs(convention) or ""
    gestes.adresser(_deuxieme(code_postal), rang=1)(convention, atelier)


def _deuxieme(code_postal: str) -> gestes.ChangementAdresse:
    def changement(_: Lot, adresse: Adresse) -> Adresse:
        ligne1, ligne2, voie, ligne4 = adresse.lignes
        return replace(adresse, lignes=(ligne1, ligne2, f"{voie} BIS"[:38], ligne4), code_postal=code_postal)

    return changement


def en_cedex(lot_: Lot, adresse: Adresse) -> Adresse:
    """Return an address as mail for a CEDEX is addressed."""
    ville = f"{sans_accent(lot_.commune.nom)[:26]} CEDEX"
    return replace(adresse, code_postal=f"{adresse.code_postal[:2]}999", ville=ville)


def disperser(convention: Convention, _: Atelier) -> None:
    """Move the last programme to another commune."""
    gestes.emmenager(convention.courante.contenu[-1], _voisines(convention)[0])


def venir_d_ailleurs(convention: Convention, _: Atelier) -> None:
    """Put the first period in another commune."""
    origine = convention.periodes[0]
    origine.contenu = [replace(lot_) for lot_ in origine.contenu]
    gestes.emmenager(origine.contenu[-1], _voisines(convention)[0])


def venir_du_fictif(convention: Convention, atelier: Atelier) -> None:
    """Put the first period in a commune filed under a département that does not exist."""
    origine = convention.periodes[0]
    faux = replace(_nouvelle(_libres(convention)[1], commune_de(convention)), departement_ecoloweb="999")
    origine.contenu = [replace(lot_, commune=atelier.commune(faux)) for lot_ in origine.contenu]


def separer_sur_place(convention: Convention, atelier: Atelier) -> None:
    """Cut the only programme in two of the same financing."""
    gestes.separer(convention.courante.contenu[0].financement)(convention, atelier)


def instruire_a_cote(convention: Convention, atelier: Atelier) -> None:
    """Let the State's office of another département instruct the agreement."""
    convention.office = atelier.ddt_voisine(convention.departement)


def deleguer_ailleurs(convention: Convention, atelier: Atelier) -> None:
    """Let an office to which aid is delegated elsewhere instruct the agreement."""
    convention.office = atelier.delegataire_voisin(convention.departement)
