"""What the acts of APiLos share: owners, offices, accounts, made names for persons, and the public identifiers of rows."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.demo import noms
from ingest.demo.alea import Alea
from ingest.demo.apilos.instants import a_paris
from ingest.demo.apilos.vocabulaire import NATURES_DE_BAILLEUR, SOUS_NATURES, SOUS_NATURES_DEFORMEES, TYPES_D_AVENANT, regions
from ingest.demo.copie import Copie
from ingest.demo.faits import Bailleur, Office
from ingest.demo.geographie import Departement
from ingest.demo.schema import APILOS

_OUVERTURE = date(2021, 9, 6)
_TABLES = {table: rang for rang, table in enumerate(APILOS.colonnes, start=1)}
_MASQUE = (1 << 128) - 1
_MELANGE = (0x9E3779B97F4A7C15F39CC0605CEDC835, 0xD1342543DE82EF95C2B2AE3D27D4EB4F)
_OFFICE, _OFFICE_D_AVANT = "114", "110"
_PART_D_OFFICES_MAL_REPRIS = 0.1
"""Offices whose code was still the former one when they were taken over."""
_PART_MAL_REPRISE, _PART_JAMAIS_CONNECTEE = 0.5, 0.2
_COMPTES_PAR_SERVICE = 2
_PREMIERE_REFERENCE = 70_000


class Uuids:
    """The public identifiers of a demo: told by the table and the number of the row, and never drawn."""

    def __init__(self, graine: int) -> None:
        """Start from the seed."""
        self._graine = (graine + 1) * _MELANGE[1] & _MASQUE

    def de(self, table: str, identifiant: int) -> str:
        """Return the identifier of a row."""
        melange = (self._graine + identifiant * 64 + _TABLES[table]) * _MELANGE[0] & _MASQUE
        melange = (melange ^ melange >> 61) * _MELANGE[1] & _MASQUE
        texte = f"{melange ^ melange >> 59:032x}"
        return f"{texte[:8]}-{texte[8:12]}-4{texte[13:16]}-a{texte[17:20]}-{texte[20:]}"


class Registre:
    """Writes each owner, office and account the first time an act needs it."""

    def __init__(self, copie: Copie, graine: int, flux: int, *, deforme: bool) -> None:
        """Write into `copie`. Without `deforme` no kind of owner is told wrong but where APiLos has no word for it."""
        self.copie = copie
        self.uuids = Uuids(graine)
        self._flux = (graine, flux)
        self._references = 0
        self._deforme = deforme
        self._bailleurs: dict[int, int] = {}
        self._cles: dict[str, int] = {}
        self._sous_natures: dict[int, str] = {}
        self._offices: dict[int, int] = {}
        self._comptes: dict[tuple[str, int], list[int]] = {}
        for rang, nom in enumerate(TYPES_D_AVENANT, start=1):
            copie.ajouter(
                "conventions_avenanttype",
                id=rang,
                uuid=self.uuids.de("conventions_avenanttype", rang),
                nom=nom,
                cree_le=a_paris(_OUVERTURE, 0),
            )

    def uuid(self, table: str, identifiant: int) -> str:
        """Return the public identifier of a row."""
        return self.uuids.de(table, identifiant)

    def alea(self, genre: int, identifiant: int) -> Alea:
        """Return the stream of a row: a kind of row has a number of its own, from 1 on."""
        return Alea(*self._flux, genre, identifiant)

    def reference(self, publication: date) -> str:
        """Return a new reference of land registration, of a range that the agreements of Ecoloweb never reach."""
        self._references += 1
        return f"{publication.year}P Volume {_PREMIERE_REFERENCE + self._references}"

    def bailleur(self, bailleur: Bailleur) -> int:
        """Return the id of an owner. Those of one SIREN, or of one SIRET, are one in APiLos, which allows no double."""
        if bailleur.id not in self._bailleurs:
            siret = _siret(bailleur)
            siren = bailleur.siren or (siret if re.fullmatch(r"\d{9}", siret) else None)
            deja = next((self._cles[cle] for cle in (siret, siren) if cle in self._cles), None)
            identifiant = deja or self._ecrire_bailleur(bailleur, siret, siren)
            self._bailleurs[bailleur.id] = identifiant
            self._cles |= {cle: identifiant for cle in (siret, siren) if cle and cle not in self._cles}
            self.referencer("bailleurs.Bailleur", identifiant, str(bailleur.id), bailleur.departement, _OUVERTURE)
        return self._bailleurs[bailleur.id]

    def sous_nature(self, bailleur: Bailleur) -> str:
        """Return the kind of an owner as APiLos has it."""
        return self._sous_natures[self.bailleur(bailleur)]

    def office(self, office: Office) -> int:
        """Return the id of an office."""
        if office.id not in self._offices:
            identifiant = self.copie.identifiant("instructeurs_administration")
            self._offices[office.id] = identifiant
            commune = office.departement.communes[0] if office.departement else None
            code = commune.code_officiel if commune and office.genre == "EPC" else office.code
            self.copie.ajouter(
                "instructeurs_administration",
                id=identifiant,
                uuid=self.uuid("instructeurs_administration", identifiant),
                nom=office.nom,
                code=code,
                code_dans_galion=code,
                ville_signature=commune.nom if commune else None,
                code_postal=commune.codes_postaux[0] if commune else None,
                ville=commune.nom if commune else None,
                nb_convention_exemplaires=3,
                prefix_convention="{département}/{zone}/{mois}/{année}/80.416/",
                signataire_bloc_signature="Le Préfet,",
                cree_le=a_paris(_OUVERTURE, 9 * 60),
                mis_a_jour_le=a_paris(_OUVERTURE, 9 * 60),
            )
        return self._offices[office.id]

    def compte_du_bailleur(self, bailleur: Bailleur) -> int:
        """Return the account that acts for an owner."""
        return self._premier_compte("BAILLEUR", self.bailleur(bailleur), bailleur.departement)

    def compte_de_l_office(self, office: Office) -> int:
        """Return the account that acts for an office."""
        return self._premier_compte("INSTRUCTEUR", self.office(office), office.departement)

    def referencer(self, modele: str, identifiant: int, cle: str, departement: Departement, jour: date) -> None:
        """Write where a row of APiLos comes from."""
        self.copie.ajouter(
            "ecoloweb_ecoloreference",
            id=self.copie.identifiant("ecoloweb_ecoloreference"),
            apilos_model=modele,
            apilos_id=identifiant,
            ecolo_id=cle,
            departement=departement.code,
            importe_le=jour,
            est_supprime=False,
        )

    def _ecrire_bailleur(self, bailleur: Bailleur, siret: str, siren: str | None) -> int:
        identifiant = self.copie.identifiant("bailleurs_bailleur")
        code = bailleur.sous_nature
        juste = SOUS_NATURES.get(code)
        fausse = SOUS_NATURES_DEFORMEES.get(code)
        if fausse and (juste is None or (self._deforme and self.alea(1, bailleur.id).chance(_PART_MAL_REPRISE))):
            juste = fausse
        elif code == _OFFICE and self._deforme and self.alea(1, bailleur.id).chance(_PART_D_OFFICES_MAL_REPRIS):
            juste = SOUS_NATURES_DEFORMEES[_OFFICE_D_AVANT]
        self._sous_natures[identifiant] = juste or "NONRENSEIGNE"
        quand = a_paris(_OUVERTURE, 10 * 60)
        self.copie.ajouter(
            "bailleurs_bailleur",
            id=identifiant,
            uuid=self.uuid("bailleurs_bailleur", identifiant),
            nom=bailleur.raison_sociale,
            siret=siret,
            siren=siren,
            nature_bailleur=NATURES_DE_BAILLEUR[bailleur.secteur],
            sous_nature_bailleur=self._sous_natures[identifiant],
            adresse=noms.adresse(bailleur.id % 400) if bailleur.a_une_adresse else None,
            code_postal=bailleur.commune.codes_postaux[0] if bailleur.a_une_adresse else None,
            ville=bailleur.commune.ville if bailleur.a_une_adresse else None,
            cree_le=quand,
            mis_a_jour_le=quand,
        )
        return identifiant

    def _premier_compte(self, typologie: str, objet: int, departement: Departement | None) -> int:
        if (typologie, objet) not in self._comptes:
            self._comptes[typologie, objet] = [
                self._ecrire_compte(typologie, objet, rang, departement) for rang in range(_COMPTES_PAR_SERVICE)
            ]
        return self._comptes[typologie, objet][0]

    def _ecrire_compte(self, typologie: str, objet: int, rang: int, departement: Departement | None) -> int:
        """Write the account of a made person. The first of a service is the one that acts; some others never logged in."""
        identifiant = self.copie.identifiant("users_user")
        alea = self.alea(2, identifiant)
        inscription = _OUVERTURE + timedelta(days=alea.entier(0, 150))
        jamais = rang > 0 and alea.chance(_PART_JAMAIS_CONNECTEE)
        courriel = f"compte{identifiant}@apilos.example"
        self.copie.ajouter(
            "users_user",
            id=identifiant,
            last_login=None if jamais else a_paris(date(2026, 10, alea.entier(1, 30)), alea.entier(480, 1100)),
            is_superuser=False,
            username=courriel,
            first_name=noms.prenom(alea),
            last_name=noms.nom(alea),
            email=courriel,
            telephone=noms.telephone(alea),
            is_staff=False,
            is_active=True,
            date_joined=a_paris(inscription, 600),
            preferences_email=alea.choix(("TOUS", "PARTIEL", "PARTIEL", "AUCUN")),
            cerbere_login=courriel if typologie == "INSTRUCTEUR" else None,
        )
        code = departement.code if departement else None
        self.copie.ajouter(
            "users_role",
            id=self.copie.identifiant("users_role"),
            user_id=identifiant,
            typologie=typologie,
            bailleur_id=objet if typologie == "BAILLEUR" else None,
            administration_id=objet if typologie == "INSTRUCTEUR" else None,
            group_id=1 if typologie == "BAILLEUR" else 2,
            perimetre_departement=code if typologie == "INSTRUCTEUR" else None,
            perimetre_region=regions().get(code) if typologie == "INSTRUCTEUR" and code else None,
        )
        return identifiant


def _siret(bailleur: Bailleur) -> str:
    """Return what stands for a SIRET, which APiLos wants of every owner."""
    siren = bailleur.siren
    calcule = noms.siret(siren, 1) if siren and siren.isdecimal() else siren
    return bailleur.siret_saisi or calcule or bailleur.code_personne or f"X{bailleur.id}"
