"""Cases of the rules on identity of owners: each has an owner of its own, made for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from ingest.demo import noms
from ingest.demo.cas import choix, gestes
from ingest.demo.cas.atelier import Atelier, Identite
from ingest.demo.cas.cas import AN, AV, IN, Cas, Geste, bailleur, puis, tous
from ingest.demo.faits import Absorption, Bailleur, Convention
from ingest.demo.oracle import DATE_DE_REFERENCE
from ingest.demo.referentiels import Secteur

Jumeau: TypeAlias = Callable[[Bailleur, Bailleur], Bailleur]

_SA, _ASSOCIATION, _COMMUNAUTE, _PERSONNE = "120", "329", "333", "611"
_NOM_DE_SA = "SA D'HLM DU NOYER"
_AUTRES_NUMEROS = 5_000_000
"""What sets the SIREN of nobody apart from those of the owners."""
_ETABLISSEMENT = 12


def _donner(sous_nature: str, nom: str, identite: Identite | None = None) -> Geste:
    """Give every programme to a new owner."""
    return gestes.donner_a(lambda convention, atelier: atelier.bailleur(convention, sous_nature, nom, identite))


def _donner_a_une_sa(identite: Identite | None = None) -> Geste:
    return _donner(_SA, _NOM_DE_SA, identite)


def _siren(nouveau: Bailleur) -> str:
    return noms.siren(nouveau.id)


def _cle_fausse(numero: str) -> str:
    return numero[:-1] + str((int(numero[-1]) + 1) % 10)


def _siren_faux(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siren=_cle_fausse(_siren(nouveau)), siret_saisi="")


def _siren_court(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siren=_siren(nouveau)[:-1], siret_saisi="")


def _sans_siret(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siret_saisi="")


def _siret_faux(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siret_saisi=_cle_fausse(noms.siret(_siren(nouveau), 1)))


def _siret_court(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siret_saisi=noms.siret(_siren(nouveau), 1)[:-2])


def _sans_son_zero(nouveau: Bailleur) -> Bailleur:
    siren = noms.siren(nouveau.id, premier=0)
    return replace(nouveau, siren=siren, siret_saisi=noms.siret(siren, 1).removeprefix("0"))


def _siret_d_un_autre(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siret_saisi=noms.siret(noms.siren(_AUTRES_NUMEROS + nouveau.id), 1))


def _siren_pour_siret(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siret_saisi=_siren(nouveau))


def _siren_court_pour_siret(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siret_saisi=_siren(nouveau)[:-1])


def _masque(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siren=f"xxxx{nouveau.id % 100_000:05}", siret_saisi="")


def _siret_en_lettres(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, siret_saisi=f"{_siren(nouveau)}SIEGE")


def _anah(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, raison_sociale="ANAH", siren="X" * 9, siret_saisi="X" * 14, code_personne=f"ANAH{nouveau.id}")


def _en_petites_lettres(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, raison_sociale=nouveau.raison_sociale.lower())


def _petits_mots(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, raison_sociale=nouveau.raison_sociale.replace("D'", "d'").replace(" DU ", " du "))


def _nom_coupe(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, raison_sociale=f"{nouveau.raison_sociale} AMIS DES GRANDS NOYERS DE LA VALLEE DES NOYERS"[:50])


def _presque_coupe(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, raison_sociale=f"{nouveau.raison_sociale} AMIS DES GRANDS NOYERS DE LA VALLEE DES NOYERS"[:49])


def _sans_adresse(nouveau: Bailleur) -> Bailleur:
    return replace(nouveau, a_une_adresse=False)


def _personne_sans_adresse(nouveau: Bailleur) -> Bailleur:
    nom = noms.DEBUTS_DE_NOM[nouveau.id % len(noms.DEBUTS_DE_NOM)] + noms.FINS_DE_NOM[0]
    return replace(nouveau, raison_sociale=f"INDIVISION {nom}", siren=None, code_personne=f"P{nouveau.id:08}", a_une_adresse=False)


def _absorbe_le(jour: date) -> Identite:
    """Return what makes an owner one that another absorbed, whose last day this was."""
    return lambda nouveau: replace(nouveau, absorption=Absorption(noms.siren(_AUTRES_NUMEROS + nouveau.id), jour))


def _donner_a_un_absorbant(convention: Convention, atelier: Atelier) -> None:
    """Give every programme to a new owner, which absorbed another one."""
    _donner_a_une_sa()(convention, atelier)
    absorbant = convention.bailleur
    atelier.absorptions[noms.siren(_AUTRES_NUMEROS + absorbant.id)] = Absorption(absorbant.siren or "", date(2020, 12, 31))


def _partager(jumeau: Jumeau) -> Geste:
    """Give each half of the agreement to a new owner, the second made after the first."""

    def geste(convention: Convention, atelier: Atelier) -> None:
        premier = atelier.bailleur(convention, _SA, _NOM_DE_SA)
        second = atelier.bailleur(convention, _SA, _NOM_DE_SA, lambda nouveau: jumeau(premier, nouveau))
        moitie, autre = convention.courante.contenu
        convention.courante.contenu = [replace(moitie, proprietaire=premier), replace(autre, proprietaire=second)]

    return puis(gestes.separer("7"), geste)


def _autre_etablissement(premier: Bailleur, nouveau: Bailleur) -> Bailleur:
    siren = noms.siren(premier.id)
    return replace(nouveau, siren=siren, siret_saisi=noms.siret(siren, _ETABLISSEMENT))


def _homonyme(premier: Bailleur, nouveau: Bailleur) -> Bailleur:
    """Return the owner under the name of the first, typed a little otherwise."""
    return replace(nouveau, raison_sociale=premier.raison_sociale.replace("D'", "D "))


def _homonyme_d_ailleurs(premier: Bailleur, nouveau: Bailleur) -> Bailleur:
    ici = premier.commune.codes_postaux[0]
    ailleurs = next(commune for commune in premier.departement.communes if commune.codes_postaux[0] != ici)
    return replace(nouveau, raison_sociale=premier.raison_sociale, commune=ailleurs)


def _voisin(_: Bailleur, nouveau: Bailleur) -> Bailleur:
    return nouveau


def _a_un_autre_code_postal(convention: Convention) -> bool:
    ici = convention.courante.contenu[0].commune.codes_postaux[0]
    return any(commune.codes_postaux[0] != ici for commune in convention.departement.communes)


_HLM = tous(choix.simple, choix.ordinaire, choix.secteur(Secteur.HLM))
_AUTRE = tous(choix.simple, choix.ordinaire, choix.secteur(Secteur.AUTRE))
_ANAH = tous(choix.simple, choix.finance("17"))
_PRIVE = tous(choix.simple, choix.ordinaire, choix.secteur(Secteur.PRIVE), choix.finance("9"))
_COUPABLE = tous(_HLM, choix.finance("1", "2"), choix.coupe_inegale)

IDENTITES: tuple[Cas, ...] = (
    Cas("IDE-001", AN, "SIREN dont la clé est fausse d'une unité", _HLM, _donner_a_une_sa(_siren_faux), bailleur),
    Cas("IDE-001", AN, "SIREN de huit chiffres", _HLM, _donner_a_une_sa(_siren_court), bailleur),
    Cas("IDE-001", None, "SIREN juste, sans SIRET", _HLM, _donner_a_une_sa(_sans_siret), bailleur),
    Cas(
        "IDE-001",
        None,
        "Lettres à la place du SIREN : déjà dites",
        _HLM,
        _donner_a_une_sa(_masque),
        bailleur,
        avec=frozenset({"IDE-005"}),
    ),
    Cas("IDE-002", AN, "SIRET dont la clé est fausse d'une unité", _HLM, _donner_a_une_sa(_siret_faux), bailleur),
    Cas("IDE-002", AN, "SIRET de douze chiffres", _HLM, _donner_a_une_sa(_siret_court), bailleur),
    Cas("IDE-002", None, "SIRET de treize chiffres, juste avec le zéro perdu", _HLM, _donner_a_une_sa(_sans_son_zero), bailleur),
    Cas("IDE-002", None, "SIREN de neuf chiffres à la place du SIRET", _HLM, _donner_a_une_sa(_siren_pour_siret), bailleur),
    Cas("IDE-003", AN, "SIRET d'un autre SIREN", _HLM, _donner_a_une_sa(_siret_d_un_autre), bailleur),
    Cas("IDE-003", None, "SIREN et SIRET du même bailleur", _HLM, _donner_a_une_sa(), bailleur),
    Cas(
        "IDE-003",
        None,
        "SIREN qui commence par zéro, SIRET qui l'a perdu",
        _HLM,
        _donner_a_une_sa(_sans_son_zero),
        bailleur,
    ),
    Cas("IDE-004", IN, "SIREN à la place du SIRET", _HLM, _donner_a_une_sa(_siren_pour_siret), bailleur),
    Cas("IDE-004", None, "Bailleur sans SIRET", _HLM, _donner_a_une_sa(_sans_siret), bailleur),
    Cas(
        "IDE-004",
        None,
        "Huit chiffres à la place du SIRET, qui ne sont pas un SIREN",
        _HLM,
        _donner_a_une_sa(_siren_court_pour_siret),
        bailleur,
        avec=frozenset({"IDE-002"}),
    ),
    Cas("IDE-005", AN, "SIREN masqué par des lettres", _HLM, _donner_a_une_sa(_masque), bailleur),
    Cas("IDE-005", AN, "Lettres à la fin du SIRET", _HLM, _donner_a_une_sa(_siret_en_lettres), bailleur),
    Cas("IDE-005", None, "« ANAH », qui n'est pas un bailleur, en lettres", _ANAH, _donner(_PERSONNE, "ANAH", _anah), bailleur),
    Cas(
        "IDE-005",
        None,
        "SIREN trop court, mais de chiffres",
        _HLM,
        _donner_a_une_sa(_siren_court),
        bailleur,
        avec=frozenset({"IDE-001"}),
    ),
    Cas("IDE-006", AV, "Société dont le nom est en petites lettres", _HLM, _donner_a_une_sa(_en_petites_lettres), bailleur),
    Cas("IDE-006", AV, "Association dont le nom tait la forme", _AUTRE, _donner(_ASSOCIATION, "LES AMIS DU NOYER"), bailleur),
    Cas(
        "IDE-006",
        AV,
        "Association dont le nom, de quarante-neuf caractères, tait la forme",
        _AUTRE,
        _donner(_ASSOCIATION, "LES", _presque_coupe),
        bailleur,
    ),
    Cas(
        "IDE-006",
        None,
        "Association dont le nom, coupé à cinquante caractères, tait peut-être la forme",
        _AUTRE,
        _donner(_ASSOCIATION, "LES", _nom_coupe),
        bailleur,
    ),
    Cas("IDE-006", None, "Société en capitales, petits mots à part", _HLM, _donner_a_une_sa(_petits_mots), bailleur),
    Cas(
        "IDE-006",
        None,
        "Communauté de communes, qui n'a pas de forme à dire",
        _AUTRE,
        _donner(_COMMUNAUTE, "COMMUNAUTE DE COMMUNES DU NOYER"),
        bailleur,
    ),
    Cas("IDE-008", AV, "Bailleur absorbé depuis longtemps", _HLM, _donner_a_une_sa(_absorbe_le(date(2020, 12, 31))), bailleur),
    Cas("IDE-008", AV, "Bailleur absorbé le jour même", _HLM, _donner_a_une_sa(_absorbe_le(DATE_DE_REFERENCE)), bailleur),
    Cas(
        "IDE-008",
        None,
        "Bailleur absorbé le lendemain",
        _HLM,
        _donner_a_une_sa(_absorbe_le(DATE_DE_REFERENCE + timedelta(days=1))),
        bailleur,
    ),
    Cas("IDE-008", None, "Bailleur qui en a absorbé un autre", _HLM, _donner_a_un_absorbant, bailleur),
    Cas("IDE-009", AN, "Deux bailleurs du même SIREN", _COUPABLE, _partager(_autre_etablissement), bailleur),
    Cas("IDE-009", AN, "Deux SIREN sous le même nom au même endroit", _COUPABLE, _partager(_homonyme), bailleur),
    Cas(
        "IDE-009",
        None,
        "Deux SIREN sous le même nom à deux endroits",
        tous(_COUPABLE, _a_un_autre_code_postal),
        _partager(_homonyme_d_ailleurs),
        bailleur,
    ),
    Cas("IDE-009", None, "Deux SIREN au même endroit sous des noms voisins", _COUPABLE, _partager(_voisin), bailleur),
    Cas("IDE-012", AV, "Bailleur social dont le siège n'a pas d'adresse", _HLM, _donner_a_une_sa(_sans_adresse), bailleur),
    Cas("IDE-012", None, "Bailleur social dont le siège a une adresse", _HLM, _donner_a_une_sa(), bailleur),
    Cas(
        "IDE-012",
        None,
        "Personne physique sans adresse, qui n'est pas jugée",
        _PRIVE,
        _donner(_PERSONNE, "INDIVISION", _personne_sans_adresse),
        bailleur,
    ),
)
