"""The owners and managers: HLM offices and companies, SEM, associations, communes, private persons. All made but the communes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.demo import noms
from ingest.demo.alea import Alea, Poids
from ingest.demo.copie import PREMIER_IDENTIFIANT, Copie
from ingest.demo.faits import Bailleur
from ingest.demo.geographie import Commune, Departement, sans_accent
from ingest.demo.offices import ENTITE_NATIONALE
from ingest.demo.referentiels import Secteur, identifiant, valeur

_FORMES_JURIDIQUES = {
    "110": "OFFICE MUNICIPAL D'HLM",
    "112": "OFFICE DEPARTEMENTAL D'HLM",
    "114": "OPH",
    "120": "SA D'HLM",
    "130": "SA COOPERATIVE D'HLM",
    "140": "SACI",
    "210": "SEM",
    "314": "CCAS",
    "316": "HOPITAL",
    "329": "ASSOCIATION",
    "331": "FONDATION",
    "332": "MUTUELLE",
}
_SOUS_NATURES: dict[Secteur, Poids[str]] = {
    Secteur.HLM: Poids.de({"114": 30, "120": 50, "130": 8, "110": 5, "112": 5, "140": 2}),
    Secteur.SEM: Poids.de({"210": 1}),
    Secteur.AUTRE: Poids.de({"329": 50, "312": 30, "331": 6, "314": 6, "332": 4, "316": 4}),
}
_PREMIERES: dict[Secteur, tuple[str, ...]] = {
    Secteur.HLM: ("114", "120", "120"),
    Secteur.SEM: ("210", "210"),
    Secteur.AUTRE: ("329", "329", "312", "329"),
}
"""What every département has at least, so that an owner can always be replaced and a foyer always managed."""
_CONVENTIONS_PAR_BAILLEUR = {Secteur.HLM: 40, Secteur.SEM: 150, Secteur.AUTRE: 25}
_MAXIMUM = {Secteur.HLM: 40, Secteur.SEM: 12, Secteur.AUTRE: 60}
_CONVENTIONS_PAR_PERSONNE = 9
COMMUNES = "312"
_GESTIONNAIRES = frozenset({"329", "331", "332", "314"})
_PART_ANAH = 0.08
"""Of the private owners: the row that stands for a whole category."""
_RAISON_MAX, _LIGNE_MAX, _PRENOM_ABSENT = 50, 38, 0.2


class Bailleurs:
    """Every owner, found by département and sector."""

    def __init__(self, departements: Sequence[Departement], conventions: Sequence[int], alea: Alea) -> None:
        """Draw the owners. `conventions` gives the number of agreements of each département."""
        self.tous: list[Bailleur] = []
        self._pools: dict[tuple[str, Secteur], list[Bailleur]] = {}
        self._noms: Counter[tuple[str, str]] = Counter()
        for departement, nombre in zip(departements, conventions, strict=True):
            for secteur in _PREMIERES:
                self._sociaux(departement, secteur, nombre, alea)
            self._prives(departement, nombre, alea)

    def choisir(self, departement: Departement, secteur: Secteur, alea: Alea) -> Bailleur:
        """Return an owner of a sector in a département."""
        pool = self._pools[departement.code, secteur]
        if secteur is Secteur.PRIVE:
            return pool[0] if alea.chance(_PART_ANAH) else pool[alea.entier(1, len(pool) - 1)]
        return alea.choix(pool)

    def autre(self, bailleur: Bailleur, alea: Alea) -> Bailleur:
        """Return another owner of the same sector and département."""
        return alea.choix([autre for autre in self._pools[bailleur.departement.code, bailleur.secteur] if autre is not bailleur])

    def gestionnaire(self, departement: Departement, alea: Alea, sauf: Bailleur | None = None) -> Bailleur:
        """Return a body that manages foyers in a département, another than `sauf`."""
        pool = self._pools[departement.code, Secteur.AUTRE]
        return alea.choix([autre for autre in pool if autre.sous_nature in _GESTIONNAIRES and autre is not sauf])

    def _sociaux(self, departement: Departement, secteur: Secteur, conventions: int, alea: Alea) -> None:
        premieres = _PREMIERES[secteur]
        nombre = min(max(conventions // _CONVENTIONS_PAR_BAILLEUR[secteur], len(premieres)), _MAXIMUM[secteur])
        sous_natures = [*premieres, *(alea.pondere(_SOUS_NATURES[secteur]) for _ in range(nombre - len(premieres)))]
        communes = iter(commune for commune in departement.communes if commune.siren)
        for sous_nature in sous_natures:
            commune = next(communes, None) if sous_nature == COMMUNES else alea.choix(departement.communes[:3])
            if commune is not None:
                raison, siren = self._identite(sous_nature, commune)
                self._garder(Bailleur(self._suivant, secteur, sous_nature, raison, siren, None, commune, departement))

    def _identite(self, sous_nature: str, commune: Commune) -> tuple[str, str | None]:
        """Return a name and a SIREN: true ones for a commune, made ones otherwise."""
        if sous_nature == COMMUNES:
            return f"COMMUNE DE {sans_accent(commune.nom)}"[:_RAISON_MAX], commune.siren
        rang = self._noms[commune.departement, sous_nature]
        self._noms[commune.departement, sous_nature] += 1
        return f"{_FORMES_JURIDIQUES[sous_nature]} {noms.raison_sociale(rang)}"[:_RAISON_MAX], noms.siren(self._suivant)

    def _prives(self, departement: Departement, conventions: int, alea: Alea) -> None:
        """Add the row that stands for ANAH's category, then made persons."""
        personnes = max(conventions // _CONVENTIONS_PAR_PERSONNE, 2)
        for raison in ("ANAH", *(_personne(alea) for _ in range(personnes))):
            code = f"ANAH{departement.code}" if raison == "ANAH" else f"P{self._suivant:08}"
            commune = departement.tirer(alea)
            self._garder(
                Bailleur(self._suivant, Secteur.PRIVE, "611", raison, None, code, commune, departement, est_gestionnaire=False)
            )

    @property
    def _suivant(self) -> int:
        return PREMIER_IDENTIFIANT + len(self.tous)

    def _garder(self, bailleur: Bailleur) -> None:
        self.tous.append(bailleur)
        self._pools.setdefault((bailleur.departement.code, bailleur.secteur), []).append(bailleur)

    def ecrire(self, copie: Copie, alea: Alea) -> None:
        """Write the owners, their addresses and the persons to talk to."""
        for bailleur in self.tous:
            ecrire_bailleur(copie, bailleur, alea)
            _ecrire_contact(copie, bailleur, alea)


def _personne(alea: Alea) -> str:
    civilite = alea.choix(("M", "MME", "INDIVISION"))
    return f"{civilite} {noms.nom(alea)}" + ("" if civilite == "INDIVISION" else f" {noms.prenom(alea).upper()}")


def ecrire_bailleur(copie: Copie, bailleur: Bailleur, alea: Alea) -> None:
    """Write one owner and its address."""
    commune = bailleur.commune
    adresse = copie.identifiant("adressebailleur")
    copie.ajouter(
        "adressebailleur",
        id=adresse,
        ligne1=" " if alea.chance(0.3) else None,
        ligne3=noms.adresse(alea.entier(0, 400))[:_LIGNE_MAX],
        codepostal=commune.codes_postaux[0] if bailleur.a_une_adresse else None,
        ville=commune.ville if bailleur.a_une_adresse else None,
        telephone1=noms.telephone(alea),
        mail=f"bailleur{bailleur.id}@logement.example",
        version=alea.entier(0, 9),
    )
    prive = bailleur.secteur is Secteur.PRIVE
    if prive and bailleur.raison_sociale != "ANAH":
        copie.personnes.noter("noms", bailleur.raison_sociale)
        copie.personnes.noter("identifiants", bailleur.code_personne)
    copie.ajouter(
        "bailleur",
        id=bailleur.id,
        codesiren=bailleur.siren,
        codesiret=_siret(bailleur, alea),
        codepersonne=bailleur.code_personne,
        raisonsociale=bailleur.raison_sociale,
        codedaei=None if prive else f"{bailleur.id % 100_000:05}",
        islocal=prive,
        refbancairebanque=f"{alea.entier(0, 99_999):05}" if prive and alea.chance(0.5) else None,
        estactif=True,
        datemodif=None,
        estproprietaire=True,
        estgestionnaire=bailleur.est_gestionnaire,
        sousnaturebailleur_id=identifiant("sousnaturebailleur", bailleur.sous_nature),
        adresse_id=adresse,
        entitegest_id=ENTITE_NATIONALE,
        departement_id=bailleur.departement.id,
        typeorganisation_id=valeur("TOR", "EN"),
        version=alea.entier(0, 250),
    )


def _siret(bailleur: Bailleur, alea: Alea) -> str | None:
    if bailleur.siret_saisi is not None:
        return bailleur.siret_saisi
    return noms.siret(bailleur.siren, alea.entier(1, 9)) if bailleur.siren else None


def _ecrire_contact(copie: Copie, bailleur: Bailleur, alea: Alea) -> None:
    if bailleur.raison_sociale == "ANAH" or not alea.chance(0.6):
        return
    copie.ajouter(
        "contactbailleur",
        id=copie.identifiant("contactbailleur"),
        nom=noms.nom(alea),
        prenom=None if alea.chance(_PRENOM_ABSENT) else noms.prenom(alea),
        tel=noms.telephone(alea),
        mail=f"contact{bailleur.id}@logement.example",
        entitegest_id=ENTITE_NATIONALE,
        bailleur_id=bailleur.id,
        civilite_id=valeur("CIV", alea.choix(("M", "MME"))),
    )
