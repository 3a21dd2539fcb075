"""Writes the facts of an agreement as rows: the agreement, its periods and its amendments."""

from __future__ import annotations

from datetime import timedelta

from ingest.demo.copie import Copie
from ingest.demo.ecriture_contenu import Rendu, ecrire_programme
from ingest.demo.ecriture_orphelines import ecrire_orpheline
from ingest.demo.faits import Avenant, Convention, Periode
from ingest.demo.referentiels import identifiant, valeur

_ANNEES_LISTEES = range(2000, 2027)
_VEILLE = timedelta(days=1)


def ecrire_convention(copie: Copie, convention: Convention) -> None:
    """Write one agreement with its periods, their content and its amendments. Gives each its id."""
    for avenant in convention.avenants:
        avenant.id = copie.identifiant("avenant")
    for periode in convention.periodes:
        periode.id = copie.identifiant("conventiondonneesgenerales")
    _ecrire_conventionapl(copie, convention)
    rendu = Rendu(copie)
    for rang, periode in enumerate(convention.periodes):
        suivante = convention.periodes[rang + 1] if rang + 1 < len(convention.periodes) else None
        _ecrire_periode(copie, convention, periode, suivante)
        periode.ids_lots = [
            ecrire_programme(rendu, convention, periode, lot, ordre) for ordre, lot in enumerate(periode.contenu, start=1)
        ]
    for avenant in convention.avenants:
        _ecrire_avenant(copie, convention, avenant)
    for orpheline in convention.orphelines:
        ecrire_orpheline(copie, convention, orpheline)


def _periode_instruite(convention: Convention) -> int | None:
    if convention.instruite_ailleurs is not None:
        return convention.instruite_ailleurs
    return None if convention.rang_instruite is None else convention.periodes[convention.rang_instruite].id


def _ecrire_conventionapl(copie: Copie, convention: Convention) -> None:
    departement, reprise = convention.departement.code, convention.est_reprise
    dossier = f"H {convention.numero_ordre}"
    memo = f"Dossier issu de la reprise de données. Clé = {dossier} - {convention.numero}\n"
    memo += f"Suivi par {copie.personnes.citer(convention.id).jointe}"
    copie.ajouter(
        "conventionapl",
        id=convention.id,
        noreglementaire=convention.numero,
        noordre=convention.numero_ordre,
        libelle=convention.libelle,
        description=convention.description,
        datedepot=convention.depot,
        designationinstructeur=convention.instructeur,
        datesaisie=convention.saisie,
        datemodification=convention.modification,
        estreprise=reprise,
        identifiantreprise=departement if reprise else None,
        repertoirepiecesjointesreprise=dossier if reprise else None,
        memoreprise=memo if reprise else None,
        conventioninstruite_id=_periode_instruite(convention),
        entitecreatrice_id=convention.office.id,
        entitemodification_id=convention.office.id,
        version=len(convention.periodes) * 3,
        nonormalise=convention.numero_normalise,
    )


def _ecrire_periode(copie: Copie, convention: Convention, periode: Periode, suivante: Periode | None) -> None:
    calendrier = periode.calendrier
    annee = calendrier.signature.year if calendrier.signature else None
    copie.ajouter(
        "conventiondonneesgenerales",
        id=periode.id,
        datehistoriquedebut=periode.debut,
        datehistoriquefin=periode.fin or (suivante.debut - _VEILLE if suivante else None),
        estmodifiable=calendrier.signature is None,
        descriptifhistorique=periode.descriptif,
        datesignaturebailleur=calendrier.signature_bailleur,
        datedemandedenonciation=periode.demande_denonciation,
        datesignatureentitegest=None if convention.office.genre == "ETA" else calendrier.signature,
        dateenvoiprefet=calendrier.envoi_prefet,
        datesignatureprefet=calendrier.signature,
        dateresiliationprefet=periode.resiliation,
        dateenvoihypotheque=calendrier.envoi_spf,
        dateenrhypotheque=calendrier.publication,
        datepublication=calendrier.publication,
        referencepublication=calendrier.reference,
        dateenvoicaf=calendrier.envoi_caf,
        dateannulation=periode.annulation,
        datedernierrenouvellement=periode.renouvellement,
        dateexpiration=periode.expiration,
        duree=calendrier.duree,
        conventionapl_id=convention.id,
        etatconvention_id=valeur("ECO", periode.etat.name),
        conventiontype_id=convention.type.id,
        naturelogement_id=identifiant("naturelogement", convention.nature.value),
        naturebailleur_id=identifiant("naturebailleur", convention.secteur.value),
        avenant_id=periode.avenant.id if periode.avenant else None,
        estcourante=suivante is None,
        version=periode.debut.day,
        daterefushypotheque=calendrier.refus_spf,
        motifrefushypotheque=calendrier.motif_refus,
        dateexpirationinitiale=calendrier.expiration_initiale,
        annee_id=valeur("ANN", str(annee)) if annee in _ANNEES_LISTEES else None,
    )


def _ecrire_avenant(copie: Copie, convention: Convention, avenant: Avenant) -> None:
    rangs = [rang for rang, periode in enumerate(convention.periodes) if periode.avenant is avenant]
    ouverte = convention.periodes[rangs[0]].id if rangs else None
    precedente = convention.periodes[rangs[0] - 1].id if rangs else None
    copie.ajouter(
        "avenant",
        id=avenant.id,
        numero=avenant.numero,
        datedepot=avenant.depot,
        datesignatureprefet=avenant.signature,
        dateenregistrement=avenant.publication,
        datepublication=avenant.publication,
        dateannulation=avenant.annulation,
        description=avenant.description,
        referencepublication=avenant.reference,
        estreglementaire=True,
        estencours=avenant.signature is None and avenant.annulation is None,
        conventionapl_id=convention.id,
        entitegest_id=convention.office.id,
        version=avenant.depot.day % 4,
        nouvelledateexpiration=avenant.nouvelle_expiration,
        conventiondonneesgenerales_id=ouverte,
        conventionprecedente_id=precedente,
    )
    for code in avenant.types:
        copie.ajouter("avenant_typeavenant", avenant_id=avenant.id, typeavenant_id=valeur("TAV", code))
