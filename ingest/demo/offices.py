"""The administrations: the national entity, one DDT(M) a département, a few councils and conurbations to which aid is delegated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ingest.demo.alea import Alea
from ingest.demo.copie import Copie
from ingest.demo.faits import Office
from ingest.demo.geographie import Departement, sans_accent
from ingest.demo.noms import telephone
from ingest.demo.referentiels import valeur

DELEGATION = date(2006, 1, 1)
"""Before that day the State instructs everything."""
ENTITE_NATIONALE = 1
_PART_DELEGUEE = 0.5
_UN_CONSEIL_SUR, _UNE_AGGLOMERATION_SUR = 8, 7
_NOM_MAX = 38


class Offices:
    """Every administration, found by its département."""

    def __init__(self, departements: Sequence[Departement]) -> None:
        """Give each département its DDT(M), and some of them a delegate."""
        self.toutes = [Office(ENTITE_NATIONALE, "NAT", "National", None, "NAT")]
        self._etat: dict[str, Office] = {}
        self._delegues: dict[str, list[Office]] = {}
        for rang, departement in enumerate(departements):
            code = departement.code_sur_trois
            self._etat[departement.code] = self._nouvelle(f"DD{code}", f"DDT(M) {departement.nom}", departement, "ETA")
            delegues = self._delegues.setdefault(departement.code, [])
            if rang % _UN_CONSEIL_SUR == _UN_CONSEIL_SUR - 1:
                delegues.append(self._nouvelle(f"CG{code}", departement.nom, departement, "CG"))
            if rang % _UNE_AGGLOMERATION_SUR == _UNE_AGGLOMERATION_SUR - 1:
                ville = departement.communes[0].nom
                delegues.append(self._nouvelle(f"EPC{code}01", f"Agglomération de {ville}", departement, "EPC"))

    def ddt(self, departement: Departement) -> Office:
        """Return the State's office of a département."""
        return self._etat[departement.code]

    def choisir(self, departement: Departement, jour: date, alea: Alea) -> Office:
        """Return an office competent that day."""
        delegues = self._delegues[departement.code]
        if delegues and jour >= DELEGATION and alea.chance(_PART_DELEGUEE):
            return alea.choix(delegues)
        return self.ddt(departement)

    def ecrire(self, copie: Copie, alea: Alea) -> None:
        """Write the offices and their addresses."""
        for office in self.toutes:
            ecrire_office(copie, office, alea)

    def _nouvelle(self, code: str, nom: str, departement: Departement, genre: str) -> Office:
        office = Office(100_000 + len(self.toutes), code, nom[:_NOM_MAX], departement, genre)
        self.toutes.append(office)
        return office


def ecrire_office(copie: Copie, office: Office, alea: Alea) -> None:
    """Write one office and its address."""
    commune = office.departement.communes[0] if office.departement else None
    copie.ajouter(
        "entitegestadresse",
        id=office.id,
        ligne1=sans_accent(office.nom)[:_NOM_MAX] if office.genre in {"CG", "EPC"} else None,
        codepostal=commune.codes_postaux[0] if commune else None,
        ville=commune.ville if commune else None,
        telephone1=telephone(alea) if commune else None,
        mail=f"{office.code.lower()}@administration.example" if commune else None,
    )
    copie.ajouter(
        "entitegest",
        id=office.id,
        code=office.code,
        nom=office.nom,
        isetat=office.genre in {"NAT", "ETA"},
        autorite={"ETA": "Le Préfet,", "CG": "Le Président du conseil départemental"}.get(office.genre),
        isactive=True,
        typeedition="EXCEL" if office.genre == "ETA" else "OO",
        adresse_id=office.id,
        typeentitegest_id=valeur("TEG", office.genre),
        nomcourt=f"DDT {office.departement.code}" if office.departement and office.genre == "ETA" else None,
    )
