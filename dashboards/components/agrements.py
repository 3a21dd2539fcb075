"""Agréments without an agreement: how many there are, who is counted, how far each operation has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards import pages
from dashboards.components.adresse import ENSEMBLE
from dashboards.components.blocs import Chiffre, Renvoi, chiffres, equivalent, note
from dashboards.components.tableau import Colonne, entier, tableau
from dashboards.requetes import agrements as requetes_agrements
from dashboards.requetes import ensembles, ensembles_agrements
from data_contracts.extraits import formats
from data_contracts.extraits.libelles import AVANCEMENTS

if TYPE_CHECKING:
    from dashboards.filtres.communs import Communs
    from dashboards.requetes.ensembles import Ensemble
    from data_contracts.publication import PublishedRun


def _vers(ensemble: Ensemble) -> Renvoi:
    return Renvoi(pages.LIGNES, {ENSEMBLE: ensemble.code})


def figures(run: PublishedRun, filtres: Communs) -> None:
    """Show how many operations are covered (A-08), and what the others hold."""
    compte = requetes_agrements.chiffres(run, filtres)
    operations = requetes_agrements.couverture(run, filtres)[0]
    listes = ensembles.compter(run, filtres, [ensembles_agrements.PROPOSITIONS])
    anciens = ensembles.compter(run, filtres, [ensembles_agrements.ANCIENS])
    sans = operations["operations"] - operations["couvertes"]
    part = formats.part(compte["sans_convention"], compte["agrements"])
    equivalent(
        f"{formats.pluriel(operations['couvertes'], 'opération')} sur {formats.nombre(operations['operations'])} "
        f"({formats.part(operations['couvertes'], operations['operations'])}) "
        f"{'a' if operations['couvertes'] <= 1 else 'ont'} une convention ; "
        f"{formats.pluriel(compte['sans_convention'], 'agrément')} sur {formats.nombre(compte['agrements'])} ({part}), "
        f"soit {formats.pluriel(compte['logements'], 'logement')}, {_n_ont(compte['sans_convention'])} aucune."
    )

    def figure(ensemble: Ensemble, valeur: int, suite: str) -> Chiffre:
        return Chiffre(ensemble.titre, formats.nombre(valeur), ensemble.definition, ensemble.source, suite, lignes=_vers(ensemble))

    chiffres("agrements", [
        Chiffre(
            "Couverture des agréments (A-08)",
            formats.part(operations["couvertes"], operations["operations"]),
            "Part des opérations à conventionner dont l'un des agréments est lié à une convention, même terminée depuis.",
            "fct_agrement.nb_conventions",
            f"{formats.nombre(operations['couvertes'])} sur {formats.pluriel(operations['operations'], 'opération')}",
            ensembles_agrements.OPERATIONS_COMPTEES.definition
            + " Un filtre de financement la garde dès que l'une de ses aides y répond.",
            _vers(ensembles_agrements.OPERATIONS_COUVERTES),
        ),
        figure(
            ensembles_agrements.OPERATIONS_SANS,
            sans,
            f"dont {formats.nombre(operations['a_verifier'])} avec une proposition à vérifier",
        ),
        figure(ensembles_agrements.SANS_CONVENTION, compte["sans_convention"], f"{part} des agréments à conventionner"),
        Chiffre(
            "Logements sans convention",
            formats.nombre(compte["logements"]),
            "Logements agréés de ces agréments. Un nombre inconnu compte pour rien ; le PLAI adapté n'y est pas.",
            "fct_agrement.nb_logements",
            f"{formats.pluriel(compte['sans_nombre'], 'agrément')} sans nombre connu" if compte["sans_nombre"] else "",
            lignes=_vers(ensembles_agrements.SANS_CONVENTION),
        ),
        figure(
            ensembles_agrements.ANCIENS,
            anciens[ensembles_agrements.ANCIENS.code],
            "" if compte["age_median"] is None else f"la moitié attendent depuis {_ans(compte['age_median'])} ou plus",
        ),
        figure(
            ensembles_agrements.PROPOSITIONS,
            listes[ensembles_agrements.PROPOSITIONS.code],
            f"pour {formats.pluriel(compte['a_verifier'], 'agrément')} sans convention",
        ),
    ])  # fmt: skip


def _n_ont(compte: int) -> str:
    return "n'en a" if compte <= 1 else "n'en ont"


def _ans(valeur: float) -> str:
    return formats.pluriel(int(valeur), "an") if valeur == int(valeur) else f"{formats.nombre(valeur, 1)} ans"


def denominateur(run: PublishedRun, filtres: Communs) -> None:
    """Show how the agréments received lead to those that are counted."""
    compte = requetes_agrements.recus(run, filtres)
    ecartes = {
        "repris": "de SISAL, que le SIAP donne aussi",
        "non_conventionnables": "d'une aide sans convention (PSLA, LLI, PSH, RHVS), ou compris dans celle du PLAI (PLAI adapté)",
        "aide_inconnue": "d'une aide inconnue, ou dont rien ne dit si elle se conventionne",
        "abandonnes": "d'une opération annulée ou supprimée",
    }
    lignes = [
        {"libelle": "Agréments de la publication", "compte": compte["recus"]},
        *({"libelle": f"− {libelle}", "compte": compte[champ]} for champ, libelle in ecartes.items()),
        {"libelle": "= agréments à conventionner, comptés ici", "compte": compte["comptes"]},
    ]
    with st.expander("Qui est compté, qui ne l'est pas", key="tableau_denominateur"):
        note(
            "Un agrément est une opération et une aide. Les chiffres comptent les agréments qui doivent avoir une convention ; la "
            "couverture (A-08) compte leurs opérations. Un agrément a une convention quand un lien le mène à une convention, en "
            "cours, en vigueur, résiliée ou dénoncée."
        )
        colonnes_montrees = [Colonne("libelle", "Agréments"), entier("compte", "Nombre")]
        tableau(lignes, colonnes_montrees, "Des agréments reçus aux agréments comptés", "agrements_comptes")


def par_avancement(run: PublishedRun, filtres: Communs) -> None:
    """Show how far the operations without an agreement have come, those given up apart."""
    comptes = requetes_agrements.par_avancement(run, filtres)
    figures_montrees = []
    for code, ensemble in ensembles_agrements.PAR_AVANCEMENT.items():
        compte = comptes.get(code, {"agrements": 0, "sans_convention": 0, "logements": 0})
        suite = formats.pluriel(compte["logements"], "logement")
        if compte["agrements"]:
            suite += f" ; {formats.part(compte['sans_convention'], compte['agrements'])} des agréments à ce stade"
        figures_montrees.append(
            Chiffre(
                AVANCEMENTS[code],
                formats.nombre(compte["sans_convention"]),
                f"Agréments sans convention. {ensemble.definition}",
                "fct_agrement.statut",
                suite,
                lignes=_vers(ensemble),
            )
        )
    chiffres("avancement", figures_montrees)
