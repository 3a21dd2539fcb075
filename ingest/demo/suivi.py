"""What is kept about an agreement beside its content: the stages of its instruction and its scanned documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.demo.alea import Alea
from ingest.demo.copie import NUL, Copie
from ingest.demo.faits import DATE_DE_LA_DEMO, Avenant, Calendrier, Convention, Etat
from ingest.demo.formes import Formes
from ingest.demo.referentiels import valeur
from ingest.readers.copy_text import escaped

_DESCRIPTION_MAX, _FICHIER_MAX = 1000, 50
_PART_AVEC_EVENEMENTS_ANCIENS = 0.15
"""Of the agreements taken over from the old application, which rarely kept the stages."""
_PART_NUMERISEE = 0.95
_PART_AVEC_AUTRE_PIECE = 0.1
_SUITES_DIFFICILES = (
    "\tvoir annexe 2",
    r" - copie dans S:\APL\Numérisation\2012",
    '\nMention « en l\'état » : "à vérifier"\n',
    "\r\nÀ compléter ; coût 100 % d'œuvre – cf. dossier n° 12",
    " \\N ",
)
_RELANCE = "Relance téléphonique"
"""What names the person who was called."""
_COMMENTAIRES = ("", "", "", "Par courrier", "Pièces complètes", _RELANCE, "Signé par délégation")


def ecrire_suivi(copie: Copie, convention: Convention, formes: Formes, alea: Alea) -> None:
    """Write the stages and the documents of an agreement."""
    suivi = _Suivi(copie, convention, formes, alea)
    suivi.ecrire_evenements()
    suivi.ecrire_pieces()


@dataclass(slots=True)
class _Suivi:
    """The rows of one agreement and the draws they need."""

    copie: Copie
    convention: Convention
    formes: Formes
    alea: Alea

    def ecrire_evenements(self) -> None:
        """Write the stages of the agreement and of its amendments, in the order of their dates."""
        convention = self.convention
        if convention.est_reprise and not self.alea.chance(_PART_AVEC_EVENEMENTS_ANCIENS):
            return
        etapes = list(_etapes(convention.depot, convention.courante.calendrier))
        for avenant in convention.avenants:
            etapes.extend(_etapes_avenant(avenant))
        terme = convention.expiration
        if terme is not None and terme <= DATE_DE_LA_DEMO and convention.courante.etat is Etat.OPP:
            etapes.append((terme, "25"))
        etapes.sort(key=lambda etape: etape[0])
        lignes = []
        for identifiant, (jour, code) in zip(self.copie.identifiants("evenement", len(etapes)), etapes, strict=True):
            commentaire = self.alea.choix(_COMMENTAIRES)
            if commentaire == _RELANCE:
                commentaire = f"{_RELANCE} de {self.copie.personnes.citer(identifiant).jointe}"
            description = escaped(self._saisi(commentaire)) or NUL
            lignes.append(f"{identifiant}\t{convention.id}\t{valeur('TEV', code)}\t{jour}\t{description}")
        self.copie.brut("evenement", lignes)

    def ecrire_pieces(self) -> None:
        """Write the scanned documents: the agreement, its amendments, refusals, a few photographs and others."""
        convention, alea = self.convention, self.alea
        calendrier, ordre = convention.courante.calendrier, convention.numero_ordre
        if calendrier.signature is None:
            return
        est_tiree = alea.chance(_PART_NUMERISEE)
        if convention.est_numerisee is None:
            convention.est_numerisee = est_tiree
        if convention.est_numerisee:
            fichier = alea.choix(("CV.pdf", f"Conv{ordre}.pdf", f"{convention.departement.code}_H_L_{ordre}.PDF", f"conv {ordre}"))
            self._ecrire_piece("1", fichier, calendrier.signature, _resume(convention, calendrier))
        for avenant in convention.avenants:
            if avenant.signature:
                publie = f"\nAvenant publié le {avenant.publication:%d/%m/%Y}, {avenant.reference}" if avenant.publication else ""
                self._ecrire_piece("4", f"Conv{ordre}-Av{avenant.numero}.pdf", avenant.signature, avenant.description + publie)
        if calendrier.refus_spf:
            self._ecrire_piece("2", "rectif.pdf", calendrier.refus_spf, calendrier.motif_refus or "")
        if alea.chance(_PART_AVEC_AUTRE_PIECE):
            jour = min(calendrier.signature + timedelta(days=30), DATE_DE_LA_DEMO)
            remise_par = self.copie.personnes.citer(convention.id)
            self._ecrire_piece(alea.choix(("3", "5", "6")), f"doc{ordre}.jpg", jour, f"Remise par {remise_par.jointe}")

    def _ecrire_piece(self, genre: str, fichier: str, jour: date, description: str) -> None:
        self.copie.ajouter(
            "piecejointe",
            id=self.copie.identifiant("piecejointe"),
            fichier=fichier[:_FICHIER_MAX],
            description=self._saisi(description),
            date=jour,
            conventionapl_id=self.convention.id,
            typepiecejointe_id=valeur("TPJ", genre),
            entitegest_id=self.convention.office.id,
        )

    def _saisi(self, texte: str) -> str:
        """Return a text as typed: now and then with tabs, quotes, backslashes or line breaks."""
        suite = self.alea.choix(_SUITES_DIFFICILES) if self.alea.chance(self.formes.texte_difficile) else ""
        return (texte + suite)[:_DESCRIPTION_MAX]


def _etapes(depot: date, calendrier: Calendrier) -> Iterator[tuple[date, str]]:
    """Yield the stages of an agreement in the order they happen."""
    yield depot, "1"
    if calendrier.signature_bailleur:
        yield depot + (calendrier.signature_bailleur - depot) // 2, "2"
    if calendrier.envoi_prefet:
        yield calendrier.envoi_prefet, "4"
    if calendrier.signature:
        yield calendrier.signature, "5"
    if calendrier.envoi_spf:
        yield calendrier.envoi_spf, "6"
    if calendrier.refus_spf:
        yield calendrier.refus_spf, "7"
    if calendrier.publication:
        yield calendrier.publication, "10"
    if calendrier.envoi_caf:
        yield calendrier.envoi_caf, "11"


def _etapes_avenant(avenant: Avenant) -> Iterator[tuple[date, str]]:
    yield avenant.depot, "12"
    fin = avenant.signature or avenant.annulation or DATE_DE_LA_DEMO
    yield avenant.depot + (fin - avenant.depot) // 2, "13"
    if avenant.signature:
        yield avenant.signature, "16"
    if avenant.publication:
        yield avenant.publication, "21"


def _resume(convention: Convention, calendrier: Calendrier) -> str:
    """Return what the scanning clerk noted: dwellings by financing, place, publication."""
    contenu = convention.courante.contenu
    if not contenu:
        return "conv pub"
    programmes = " et ".join(f"{lot.nb_logements} logements (financement {lot.financement})" for lot in contenu)
    lignes = [f"Convention portant sur {programmes} à {contenu[0].commune.nom}"]
    if calendrier.publication:
        lignes.append(f"Convention publiée au SPF le {calendrier.publication:%d/%m/%Y}, {calendrier.reference}")
    return "\n".join(lignes)
