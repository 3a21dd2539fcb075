"""Cases of the rules on publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.demo.cas import choix, gestes, publications
from ingest.demo.cas.cas import AN, AV, IN, NR, Cas, Choix, parcelle, puis, tous
from ingest.demo.cas.publications import UN_JOUR, UN_MOIS, VEILLE
from ingest.demo.faits import Convention, Etat
from ingest.demo.oracle.pub import IL_Y_A_SIX_MOIS, LIVRE_FONCIER
from ingest.demo.referentiels import Secteur


def _refusee(convention: Convention) -> bool:
    return convention.courante.calendrier.refus_spf is not None


_ANCIENNE = tous(choix.simple, publications.est_publiee, choix.signee(jusqu_au=VEILLE - UN_MOIS))
_HLM = publications.est_publiee_hlm
_RECENTE_HLM = tous(_HLM, choix.signee(depuis=date(2012, 1, 2)))
_A_DES_VOISINES = tous(_RECENTE_HLM, choix.departement("13", "33", "59", "62", "69", "75", "92", "93"))
"""In a département of many agreements, one of which will share its publication."""
_ALSACE_MOSELLE = choix.departement(*LIVRE_FONCIER)
_AILLEURS = tous(_ANCIENNE, lambda convention: not _ALSACE_MOSELLE(convention))
_JAMAIS_REFUSEE = tous(_ANCIENNE, lambda convention: not _refusee(convention))
_CLOSE = tous(choix.etat(Etat.RES), publications.est_publiee, lambda convention: not convention.avenants)


def _volume(annee: int, numero: int) -> str:
    return f"{annee}P Volume {numero}"


def _secteur(secteur: Secteur) -> Choix:
    return tous(_ANCIENNE, choix.secteur(secteur), lambda convention: not convention.est_anah)


PUBLICATIONS: tuple[Cas, ...] = (
    Cas("PUB-001", NR, "Autre bailleur social, jamais publiée", _secteur(Secteur.AUTRE), publications.taire_la_publication),
    Cas("PUB-001", NR, "Bailleur privé hors ANAH, jamais publiée", _secteur(Secteur.PRIVE), publications.taire_la_publication),
    Cas("PUB-001", AV, "HLM ou SEM, jamais publiée", _HLM, publications.taire_la_publication),
    Cas(
        "PUB-001",
        AV,
        "ANAH, jamais publiée",
        tous(_ANCIENNE, choix.finance("17", "18", "19", "81")),
        publications.taire_la_publication,
    ),
    Cas(
        "PUB-001",
        IN,
        "Foyer d'outre-mer, jamais publié : il prend effet à la signature",
        tous(_ANCIENNE, choix.outre_mer),
        publications.taire_la_publication,
        rare=True,
    ),
    Cas(
        "PUB-001",
        AV,
        "HLM ou SEM signée le 30 avril 2026, six mois et un jour avant la date de référence",
        tous(choix.simple, choix.ordinaire, choix.hlm, choix.signable_le(VEILLE)),
        puis(gestes.signer_le(VEILLE), publications.taire_la_publication),
        rare=True,
    ),
    Cas(
        "PUB-001",
        None,
        "HLM ou SEM signée le 1er mai 2026, six mois jour pour jour avant la date de référence",
        tous(choix.simple, choix.ordinaire, choix.hlm, choix.signable_le(IL_Y_A_SIX_MOIS)),
        puis(gestes.signer_le(IL_Y_A_SIX_MOIS), publications.taire_la_publication),
        rare=True,
    ),
    Cas("PUB-001", None, "Résiliée sans avoir jamais été publiée", _CLOSE, publications.taire_la_publication),
    Cas("PUB-002", AN, "Date de publication sans référence", _ANCIENNE, publications.referencer(lambda *_: None)),
    Cas("PUB-002", AN, "Référence sans date de publication", _HLM, publications.taire_la_date),
    Cas("PUB-002", None, "Ni date ni référence", _HLM, publications.taire_la_publication),
    Cas(
        "PUB-002",
        None,
        "Annulée, avec une date de publication sans référence",
        _HLM,
        puis(publications.referencer(lambda *_: None), gestes.annuler),
    ),
    Cas("PUB-003", AN, "Référence sans année ni numéro", _AILLEURS, publications.referencer(lambda *_: "Publiée au SPF")),
    Cas("PUB-003", AN, "Référence sans numéro", _AILLEURS, publications.referencer(lambda annee, _: f"{annee} P")),
    Cas(
        "PUB-003",
        None,
        "Volume et numéro collés, sans ponctuation",
        _AILLEURS,
        publications.referencer(lambda annee, n: f"vol{annee}p{n}"),
    ),
    Cas(
        "PUB-003",
        None,
        "Inscription au livre foncier, en Alsace ou en Moselle",
        tous(_ANCIENNE, _ALSACE_MOSELLE),
        publications.referencer(lambda _, numero: f"Livre foncier, feuillet {numero}"),
        rare=True,
    ),
    Cas(
        "PUB-004",
        AN,
        "Volume de l'année d'avant la publication",
        _ANCIENNE,
        publications.referencer(lambda annee, n: _volume(annee - 1, n)),
    ),
    Cas(
        "PUB-004",
        AN,
        "Volume de l'année d'après la publication",
        _ANCIENNE,
        publications.referencer(lambda annee, n: _volume(annee + 1, n)),
    ),
    Cas(
        "PUB-004",
        None,
        "Dépôt de l'année d'avant, volume de l'année de la publication",
        _ANCIENNE,
        publications.referencer(lambda annee, n: f"{annee - 1} D N° 28 VOLUME {annee} P N° {n}"),
    ),
    Cas(
        "PUB-004",
        None,
        "Année fausse dans une référence qui ne nomme aucun volume",
        tous(_ANCIENNE, _ALSACE_MOSELLE),
        publications.referencer(lambda annee, n: f"Livre foncier, {annee - 1}, feuillet {n}"),
        rare=True,
    ),
    Cas(
        "PUB-005",
        AN,
        "Deux conventions d'un département publiées sous un même volume, écrit autrement",
        _A_DES_VOISINES,
        publications.referencer(_volume),
        suite=publications.publiee_ensemble(publications.meme_departement),
        rare=True,
    ),
    Cas(
        "PUB-005",
        None,
        "Même année et même numéro dans un autre département",
        _A_DES_VOISINES,
        publications.referencer(_volume),
        suite=publications.publiee_ensemble(publications.autre_departement),
        rare=True,
    ),
    Cas(
        "PUB-005",
        None,
        "Même numéro dans le volume d'une autre année",
        _A_DES_VOISINES,
        publications.referencer(_volume),
        suite=publications.numeroter_pareil(),
        rare=True,
    ),
    Cas(
        "PUB-005",
        None,
        "Même volume qu'une convention annulée du département",
        _A_DES_VOISINES,
        publications.referencer(_volume),
        suite=publications.publiee_ensemble(publications.meme_departement, annulee=True),
        rare=True,
    ),
    Cas(
        "PUB-006",
        AV,
        "Refusée six mois et un jour avant la date de référence, jamais publiée",
        _RECENTE_HLM,
        puis(publications.taire_la_publication, publications.refuser(lambda _: VEILLE)),
    ),
    Cas(
        "PUB-006",
        AV,
        "Refusée deux mois après la signature, jamais publiée depuis",
        tous(_HLM, choix.signee(jusqu_au=date(2025, 12, 31))),
        puis(publications.taire_la_publication, publications.refuser(lambda signature: signature + 2 * UN_MOIS)),
    ),
    Cas(
        "PUB-006",
        None,
        "Refusée six mois jour pour jour avant la date de référence",
        _RECENTE_HLM,
        puis(publications.taire_la_publication, publications.refuser(lambda _: IL_Y_A_SIX_MOIS)),
    ),
    Cas("PUB-006", None, "Refusée, puis publiée", tous(_ANCIENNE, _refusee)),
    Cas(
        "PUB-006",
        None,
        "Résiliée après un refus, sans avoir été publiée",
        tous(_CLOSE, choix.hlm),
        puis(publications.taire_la_publication, publications.refuser(lambda signature: signature + UN_JOUR)),
    ),
    Cas("PUB-007", AN, "Refus dont le motif est absent", tous(_ANCIENNE, _refusee), publications.motiver(None)),
    Cas("PUB-007", AN, "Refus dont le motif n'est que des espaces", tous(_ANCIENNE, _refusee), publications.motiver("  ")),
    Cas("PUB-007", None, "Refus dont le motif est d'un seul mot", tous(_ANCIENNE, _refusee), publications.motiver("Provision")),
    Cas("PUB-007", None, "Motif vide, sans refus", _JAMAIS_REFUSEE, publications.motiver("")),
    Cas(
        "PUB-008",
        AN,
        "Refusée le lendemain de la publication, sans avenant",
        _ANCIENNE,
        publications.refuser_apres_la_publication(1),
    ),
    Cas(
        "PUB-008",
        AV,
        "Refusée un mois après la publication, avec un avenant",
        tous(_ANCIENNE, choix.amendable),
        puis(gestes.avenir("7"), publications.refuser_apres_la_publication(30)),
    ),
    Cas("PUB-008", None, "Refusée et publiée le même jour", _ANCIENNE, publications.refuser_apres_la_publication(0)),
    Cas("PUB-008", None, "Refusée avant d'être publiée", tous(_ANCIENNE, _refusee)),
    Cas("PUB-010", AV, "Aucune parcelle", _ANCIENNE, publications.ne_pas_cadastrer),
    Cas(
        "PUB-010",
        None,
        "Parcelles d'un seul des deux programmes",
        tous(_ANCIENNE, choix.separable),
        publications.cadastrer_la_moitie,
    ),
    Cas("PUB-010", None, "Aucune parcelle dans une convention résiliée", _CLOSE, publications.ne_pas_cadastrer),
    Cas(
        "PUB-011",
        AN,
        "Section en minuscules",
        _ANCIENNE,
        publications.cadastrer(lambda p: replace(p, section=p.section.lower())),
        parcelle,
    ),
    Cas(
        "PUB-011",
        AN,
        "Section en chiffres, hors d'Alsace et de Moselle",
        _AILLEURS,
        publications.cadastrer(lambda p: replace(p, section="12")),
        parcelle,
    ),
    Cas(
        "PUB-011",
        AN,
        "Parcelle de cinq chiffres",
        _ANCIENNE,
        publications.cadastrer(lambda p: replace(p, numero=f"1{p.numero[:4]:0>4}")),
        parcelle,
    ),
    Cas("PUB-011", AN, "Superficie négative", _ANCIENNE, publications.cadastrer(lambda p: replace(p, superficie=-1)), parcelle),
    Cas(
        "PUB-011",
        None,
        "Section en chiffres, en Alsace ou en Moselle",
        tous(_ANCIENNE, _ALSACE_MOSELLE),
        publications.cadastrer(lambda p: replace(p, section="12")),
        parcelle,
        rare=True,
    ),
    Cas(
        "PUB-011",
        None,
        "Section d'une lettre précédée d'un zéro",
        _ANCIENNE,
        publications.cadastrer(lambda p: replace(p, section=f"0{p.section[-1]}")),
        parcelle,
    ),
    Cas(
        "PUB-011",
        None,
        "Deux parcelles dans un champ",
        _ANCIENNE,
        publications.cadastrer(lambda p: replace(p, numero=f"{p.numero[:4]}/9999")),
        parcelle,
    ),
    Cas(
        "PUB-011",
        None,
        "Superficie inconnue, écrite zéro",
        _ANCIENNE,
        publications.cadastrer(lambda p: replace(p, superficie=0)),
        parcelle,
    ),
)
