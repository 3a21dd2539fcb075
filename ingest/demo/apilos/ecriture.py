"""Writes an act as rows of APiLos: its programme with its parcels, its lots with their dwellings, parking and loans, its history.

An amendment has a copy of the programme and of the lots, as the application makes one. A dwelling becomes text once an agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from ingest.demo.apilos.faits import Acte, Pret
from ingest.demo.apilos.instants import jour_de_paris
from ingest.demo.apilos.registre import Registre
from ingest.demo.apilos.vocabulaire import (
    ATTRIBUTIONS,
    NATURES_DE_LOGEMENT,
    NON_RENSEIGNE,
    STATIONNEMENTS_APILOS,
    TEXTES_D_ATTRIBUTION,
    TYPES_D_AVENANT,
    TYPOLOGIES,
)
from ingest.demo.copie import NUL, Valeur, horodatage, numerique
from ingest.demo.faits import Logement, Lot, Parcelle
from ingest.demo.logements import loyer_maximum

_HECTARE, _ARE = 10_000, 100
_JUSQU_AUX_CHIFFRES = re.compile(r"\d+")
_EVENEMENTS = ("DEPOT_BAILLEUR", "RETOUR_PREFET", "PUBLICATION_HYPOTHEQUE")
_PART_ALERTEE, _PART_D_ECHECS = 0.3, 0.1


class Ecriture:
    """The rows of APiLos, act after act: a parent before its amendments."""

    def __init__(self, registre: Registre) -> None:
        """Write into the copy of the register."""
        self._registre = registre
        self._copie = registre.copie

    def ecrire(self, acte: Acte) -> None:
        """Write one act and everything under it; give ids to its programme and its lots."""
        self._ecrire_programme(acte)
        self._ecrire_convention(acte)
        for code, lots in acte.contenu.items():
            self._ecrire_lot(acte, code, lots)
        for nom in acte.types:
            self._ajouter(
                "conventions_convention_avenant_types", convention_id=acte.id, avenanttype_id=TYPES_D_AVENANT.index(nom) + 1
            )
        for origine in acte.origines:
            self._ajouter("conventions_convention_parents_2nd_vie", from_convention_id=acte.id, to_convention_id=origine.id)
        if acte.cle is not None:
            jour = jour_de_paris(acte.creation)
            self._registre.referencer("conventions.Convention", acte.id, acte.cle, acte.convention.departement, jour)
            if not acte.est_avenant:
                self._ecrire_suivi(acte)
        self._ecrire_historique(acte)

    def programme_seul(self, acte: Acte) -> int:
        """Write a copy of the programme of an act that no agreement has; return its id."""
        garde = acte.programme
        self._ecrire_programme(acte)
        acte.programme, seul = garde, acte.programme
        return seul

    def lot_perdu(self, acte: Acte, convention_absente: int) -> int:
        """Write a lot whose agreement no longer exists; return its id."""
        return self._ajouter_avec_uuid(
            "programmes_lot",
            convention_id=convention_absente,
            financement=next(iter(acte.contenu)),
            nb_logements=acte.nb_logements,
            type_habitat="COLLECTIF",
            cree_le=acte.creation,
        )

    def _ecrire_programme(self, acte: Acte) -> None:
        premier, convention = acte.lots[0], acte.convention
        adresse = next(iter(premier.adresses), None)
        lignes = [ligne.strip() for ligne in adresse.lignes if ligne and ligne.strip()] if adresse else []
        utile, corrigee = (sum(_somme(lot, champ) for lot in acte.lots) for champ in ("utile", "corrigee"))
        parent = acte.parent.programme if acte.parent else None
        acte.programme = self._ajouter_avec_uuid(
            "programmes_programme",
            parent_id=parent,
            nom=premier.description.strip() or f"Opération de {premier.commune.nom}",
            numero_operation=acte.numero_operation,
            numero_operation_pour_recherche=acte.numero_operation,
            bailleur_id=self._registre.bailleur(acte.bailleur),
            administration_id=self._registre.office(acte.office),
            adresse="\n".join(lignes),
            code_postal=adresse.code_postal if adresse else premier.commune.codes_postaux[0],
            ville=premier.commune.nom,
            code_insee_commune=acte.code_commune,
            code_insee_departement=convention.departement.code,
            code_insee_region=acte.code_region,
            annee_gestion_programmation=_annee_d_operation(acte),
            zone_123=acte.zones[0],
            zone_abc=acte.zones[1],
            surface_utile_totale=numerique(utile) if utile else None,
            surface_corrigee_totale=numerique(corrigee) if corrigee else None,
            type_operation=acte.type_operation,
            nature_logement=NATURES_DE_LOGEMENT[convention.nature],
            anah=convention.est_anah,
            date_achevement=acte.achevement,
            date_achevement_compile=acte.achevement,
            cree_le=acte.creation,
            mis_a_jour_le=acte.creation,
        )
        self._ecrire_parcelles(acte.programme, premier.parcelles, acte.creation)

    def _ecrire_parcelles(self, programme: int, parcelles: list[Parcelle], quand: datetime) -> None:
        for parcelle in parcelles:
            for numero in _JUSQU_AUX_CHIFFRES.findall(parcelle.numero):
                self._ajouter_avec_uuid(
                    "programmes_referencecadastrale",
                    programme_id=programme,
                    section=parcelle.section,
                    numero=int(numero),
                    surface=_superficie(parcelle.superficie),
                    cree_le=quand,
                    mis_a_jour_le=quand,
                )

    def _ecrire_convention(self, acte: Acte) -> None:
        registre = self._registre
        est_native = acte.cle is None
        textes: dict[str, Valeur] = dict.fromkeys(TEXTES_D_ATTRIBUTION, NON_RENSEIGNE) if acte.textes_par_defaut else {}
        self._copie.ajouter(
            "conventions_convention",
            id=acte.id,
            uuid=acte.uuid,
            parent_id=acte.parent.id if acte.parent else acte.parent_absent,
            numero=acte.numero,
            numero_pour_recherche=re.sub(r"\W", "", acte.numero) if acte.numero else None,
            programme_id=acte.programme,
            statut=acte.statut.value,
            date_fin_conventionnement=acte.fin,
            cree_le=acte.creation,
            mis_a_jour_le=max([acte.creation, *(passage.quand for passage in acte.passages)]),
            soumis_le=acte.soumission,
            premiere_soumission_le=acte.soumission,
            valide_le=acte.validation,
            televersement_convention_signee_le=acte.signature,
            date_envoi_spf=acte.envoi_spf,
            date_publication_spf=acte.publication,
            reference_spf=acte.reference,
            date_refus_spf=acte.refus_spf,
            motif_refus_spf=acte.motif_refus,
            date_denonciation=acte.denonciation,
            date_resiliation=acte.resiliation,
            type1and2=acte.type_1_2,
            signataire_nom=acte.signataire,
            signataire_fonction="Directeur général" if acte.signataire else None,
            signataire_date_deliberation=acte.deliberation,
            gestionnaire=acte.gestionnaire,
            attribution_reservation_prefectorale=acte.reservation,
            foyer_residence_variante_1=bool(acte.attributions),
            nom_fichier_signe=f"convention-{acte.id}.pdf" if est_native and acte.signature else None,
            nom_fichier_publication_spf=f"publication-{acte.id}.pdf" if est_native and acte.publication else None,
            cree_par_id=registre.compte_du_bailleur(acte.bailleur) if est_native else None,
            desc_avenant=acte.description,
            identification_bailleur=False,
            **{colonne: colonne in acte.attributions for colonne in ATTRIBUTIONS},
            **textes,
        )

    def _ecrire_lot(self, acte: Acte, code: str, lots: list[Lot]) -> None:
        individuels, collectifs = sum(lot.individuels for lot in lots), sum(lot.collectifs for lot in lots)
        parent = acte.parent.ids_lots.get(code) if acte.parent else None
        lot_id = self._ajouter_avec_uuid(
            "programmes_lot",
            parent_id=parent,
            convention_id=acte.id,
            financement=code,
            nb_logements=individuels + collectifs,
            type_habitat="MIXTE" if individuels and collectifs else "INDIVIDUEL" if individuels else "COLLECTIF",
            lgts_mixite_sociale_negocies=acte.negocies,
            loyer_associations_foncieres=None if acte.loyer_foncier is None else numerique(acte.loyer_foncier),
            surface_habitable_totale=numerique(sum(_somme(lot, "habitable") for lot in lots)),
            cree_le=acte.creation,
            mis_a_jour_le=acte.creation,
        )
        acte.ids_lots[code] = lot_id
        acte.uuids_lots[code] = self._registre.uuid("programmes_lot", lot_id)
        self._ecrire_logements(acte, lot_id, lots)
        if acte.stationnements_gardes:
            self._ecrire_stationnements(acte, lot_id, lots)
        for pret in acte.prets.get(code, ()):
            self._ecrire_pret(acte, lot_id, pret)

    def _ecrire_logements(self, acte: Acte, lot_id: int, lots: list[Lot]) -> None:
        lignes = [ligne for lot in lots for ligne in _logements(acte, lot)]
        quand = horodatage(acte.creation)
        identifiants = self._copie.identifiants("programmes_logement", len(lignes))
        uuid = self._registre.uuid
        self._copie.brut(
            "programmes_logement",
            (
                f"{identifiant}\t{uuid('programmes_logement', identifiant)}\t{lot_id}"
                f"\t{'' if rang < acte.designations_vides else designation}\t{reste}\t{rang + 1}\t{quand}\t{quand}"
                for rang, (identifiant, (designation, reste)) in enumerate(zip(identifiants, lignes, strict=True))
            ),
        )

    def _ecrire_stationnements(self, acte: Acte, lot_id: int, lots: list[Lot]) -> None:
        for lot in lots:
            for annexe in lot.annexes:
                if annexe.genre in STATIONNEMENTS_APILOS:
                    self._ajouter_avec_uuid(
                        "programmes_typestationnement",
                        lot_id=lot_id,
                        typologie=STATIONNEMENTS_APILOS[annexe.genre],
                        nb_stationnements=annexe.nombre,
                        loyer=numerique(annexe.prix) if annexe.prix else None,
                        cree_le=acte.creation,
                        mis_a_jour_le=acte.creation,
                    )

    def _ecrire_pret(self, acte: Acte, lot_id: int, pret: Pret) -> None:
        self._ajouter_avec_uuid(
            "conventions_pret",
            lot_id=lot_id,
            preteur=pret.preteur,
            autre="Subvention" if pret.preteur == "AUTRE" else None,
            date_octroi=pret.octroi,
            numero=pret.numero,
            duree=pret.duree,
            montant=numerique(100 * pret.montant),
            cree_le=acte.creation,
            mis_a_jour_le=acte.creation,
        )

    def _ecrire_historique(self, acte: Acte) -> None:
        registre = self._registre
        for passage in acte.passages:
            if passage.est_trace:
                bailleur = passage.par_le_bailleur
                compte = registre.compte_du_bailleur(acte.bailleur) if bailleur else registre.compte_de_l_office(acte.office)
                self._ajouter_avec_uuid(
                    "conventions_conventionhistory",
                    convention_id=acte.id,
                    statut_convention=passage.apres.value,
                    statut_convention_precedent=passage.avant.value,
                    user_id=compte,
                    cree_le=passage.quand,
                    mis_a_jour_le=passage.quand + timedelta(seconds=1),
                )
        for commentaire in acte.commentaires:
            self._ajouter_avec_uuid(
                "comments_comment",
                convention_id=acte.id,
                nom_objet=commentaire.objet,
                champ_objet=commentaire.champ,
                user_id=registre.compte_de_l_office(acte.office),
                message=f"À compléter avec {self._copie.personnes.citer(acte.id).jointe}.",
                statut="CLOS" if commentaire.clos_le else "OUVERT",
                cree_le=commentaire.cree_le,
                mis_a_jour_le=commentaire.clos_le or commentaire.cree_le,
                resolu_le=commentaire.clos_le,
                clos_le=commentaire.clos_le,
            )
        self._ecrire_alerte(acte)

    def _ecrire_alerte(self, acte: Acte) -> None:
        """Write, for some acts sent to the office, the alert that went to SIAP, or failed to."""
        alea = self._registre.alea(3, acte.id)
        if acte.soumission is None or not alea.chance(_PART_ALERTEE):
            return
        est_un_echec = alea.chance(_PART_D_ECHECS)
        self._ajouter_avec_uuid(
            "conventions_alertesiaplog",
            convention_id=acte.id,
            operation="CREATION",
            statut="ECHEC" if est_un_echec else "ENVOYEE",
            destinataires='[{"role": "INSTRUCTEUR", "service": "SERVICE_INSTRUCTEUR"}]',
            etiquette="CUSTOM",
            erreur="500" if est_un_echec else None,
            cree_le=acte.soumission,
        )

    def _ecrire_suivi(self, acte: Acte) -> None:
        """Write the old stages and the scan of an agreement taken over."""
        calendrier = acte.convention.courante.calendrier
        for genre, jour in zip(_EVENEMENTS, (acte.convention.depot, calendrier.signature, calendrier.publication), strict=True):
            if jour is not None:
                self._ajouter_avec_uuid(
                    "conventions_evenement",
                    convention_id=acte.id,
                    type_evenement=genre,
                    survenu_le=jour,
                    cree_le=acte.creation,
                    mis_a_jour_le=acte.creation,
                )
        if acte.convention.est_numerisee and calendrier.signature:
            self._ajouter_avec_uuid(
                "conventions_piecejointe",
                convention_id=acte.id,
                type="CONVENTION",
                fichier=f"{acte.id}/convention.pdf",
                nom_reel="convention.pdf",
                cree_le=acte.creation,
            )

    def _ajouter_avec_uuid(self, table: str, **valeurs: Valeur) -> int:
        identifiant = self._copie.identifiant(table)
        self._copie.ajouter(table, id=identifiant, uuid=self._registre.uuid(table, identifiant), **valeurs)
        return identifiant

    def _ajouter(self, table: str, **valeurs: Valeur) -> None:
        self._copie.ajouter(table, id=self._copie.identifiant(table), **valeurs)


def _logements(acte: Acte, lot: Lot) -> Iterator[tuple[str, str]]:
    """Yield the designation of each dwelling, then its kind, areas, rent by square metre, coefficient and rent as COPY text."""
    for place, logement in enumerate(lot.logements):
        par_metre, loyer, modele = _loyer_au_metre(acte, lot, logement), logement.loyer, logement.modele
        if acte.surloyer and place == 0:
            par_metre += acte.surloyer
            loyer = loyer_maximum(modele, logement.coefficient, "SU", par_metre)
        typologie = TYPOLOGIES[modele.typologie]
        if acte.types_1_prime_perdus and typologie == "T1prime":
            typologie = "T1bis"
        annexe = f"{numerique(modele.annexe)}\t{numerique(modele.annexe // 2)}"
        surfaces = f"{numerique(modele.habitable)}\t{_ou_nul(modele.corrigee)}\t{annexe}"
        prix = f"{_ou_nul(par_metre)}\t{logement.coefficient / 10_000:.4f}\t{_ou_nul(loyer)}"
        reste = f"{typologie}\t{surfaces}\t{_ou_nul(modele.utile)}\t{prix}"
        for rang in range(logement.nombre):
            yield _designation(logement, rang), reste


def _loyer_au_metre(acte: Acte, lot: Lot, logement: Logement) -> int:
    """Return the ceiling by square metre of a dwelling, in cents a month; 0 for none."""
    if acte.sans_loyer and not logement.individuel:
        return 0
    plafond = (lot.loyer_individuel or lot.loyer) if logement.individuel else lot.loyer
    return (plafond + 6) // 12 if lot.regime == "SC" else plafond


def _designation(logement: Logement, rang: int) -> str:
    place = logement.place
    parties = [partie for partie in (place.batiment, place.escalier, place.etage, place.numero) if partie]
    return "-".join(parties) + (f" ({rang + 1})" if rang else "")


def _ou_nul(valeur: int) -> str:
    return numerique(valeur) if valeur else NUL


def _somme(lot: Lot, champ: str) -> int:
    """Return an area of a programme, in 1/100 of m²."""
    return sum(getattr(logement.modele, champ) * logement.nombre for logement in lot.logements)


def _superficie(metres_carres: int) -> str:
    hectares, reste = divmod(metres_carres, _HECTARE)
    ares, centiares = divmod(reste, _ARE)
    return f"{hectares} ha {ares} a {centiares} ca"


def _annee_d_operation(acte: Acte) -> int | None:
    numero = acte.numero_operation or ""
    return int(numero[:4]) if re.match(r"(19|20)\d\d", numero) else None
