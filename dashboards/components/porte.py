"""The door of the application: how to sign in, and what is said to who may not come in."""

from __future__ import annotations

import streamlit as st

from dashboards.components.blocs import attention, note, titre

_SURTITRE = "Parc conventionné"
_RETENIR = "<script>sessionStorage.setItem('parc-adresse', location.href);</script>"
_REVENIR = """<script>
const voulue = sessionStorage.getItem('parc-adresse');
sessionStorage.removeItem('parc-adresse');
if (voulue && voulue !== location.href) location.replace(voulue);
</script>"""
"""The provider of identities sends everybody to the first page: who came by a link to another is taken there."""


def se_connecter() -> None:
    """Offer to sign in, and nothing else."""
    titre(_SURTITRE, "Se connecter", "Cette application est réservée aux personnes que son fichier de droits nomme.")
    st.html(_RETENIR, unsafe_allow_javascript=True)
    st.button("Se connecter", type="primary", icon=":material/login:", on_click=st.login)


def revenir() -> None:
    """Take who just signed in to the page that they had asked for."""
    st.html(_REVENIR, unsafe_allow_javascript=True)


def sans_droit(nom: str) -> None:
    """Say that whoever signed in is not let in, and what to ask for."""
    titre(_SURTITRE, "Accès à demander")
    attention(
        f"« {nom} » n'est pas dans le fichier de droits. Demander l'accès à qui administre les données, en donnant "
        "ce nom et les départements suivis."
    )
    sortir()


def mal_configuree(raison: str) -> None:
    """Say what is wrong in the configuration of the access: nobody comes in until it is mended."""
    titre(_SURTITRE, "Accès fermé")
    attention(raison)
    note("Personne n'entre tant que la configuration de l'accès n'est pas complète.")


def sortir() -> None:
    """Offer to sign out."""
    st.button("Se déconnecter", type="tertiary", icon=":material/logout:", on_click=st.logout)
