"""How often each irregular but regulatory shape occurs: the one place to turn a shape off, or up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Formes:
    """Proportions between 0 and 1, of the agreements unless said otherwise."""

    ancien_code_commune: float = 0.4
    """Of the départements: one commune carries the code it had before a merger."""
    mixte: float = 0.16
    """Of the ordinary agreements of social owners signed before the ban: PLUS with PLAI."""
    mixte_rare: float = 0.02
    """Same, with PLS or without financing."""
    programmes_de_meme_famille: float = 0.06
    multi_commune: float = 0.01
    egalite_multi_commune: float = 0.3
    """Of the agreements over two communes: as many dwellings in both."""
    multi_bailleur: float = 0.007
    sans_programme: float = 0.25
    """Of the agreements abandoned or cancelled, which alone may lack content."""
    instruction: float = 0.025
    abandonnee: float = 0.015
    annulee: float = 0.006
    resiliee: float = 0.018
    denoncee: float = 0.12
    """Of the agreements whose term has passed."""
    non_publiee: float = 0.06
    """Of the agreements of HLM and SEM, in force from their signature."""
    refus_de_publication: float = 0.02
    avenant_annule: float = 0.04
    """Of the amendments."""
    avenant_en_cours: float = 0.006
    avenant_non_publie: float = 0.12
    """Of the amendments."""
    expiration_dans_l_avenant_seul: float = 0.08
    """Of the amendments that extend the term: the period has no expiry date, only the amendment has one."""
    squelette: float = 0.4
    """Of the first periods taken over from the old application: zeros where figures are unknown."""
    logements_groupes: float = 0.08
    """Of the programmes: a dwelling row stands for several dwellings."""
    plusieurs_parcelles_par_champ: float = 0.01
    """Of the programmes: two parcel numbers in one field."""
    dossier_mal_saisi: float = 0.05
    """Of the agreements: something stands around the number of their operation, or parts it."""
    texte_difficile: float = 0.02
    """Of the descriptions: tabs, backslashes, quotes, line breaks."""
