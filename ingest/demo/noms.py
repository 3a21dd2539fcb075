"""Made names: persons, owners, residences and streets put together from invented parts. Nobody is called that."""

from __future__ import annotations

from ingest.demo.alea import Alea

DEBUTS_DE_NOM = (
    "ABRACOR", "BELCENDR", "BRUMEVA", "CLAIRANTH", "CORNEBRAN", "DORVAQU", "ESPERLU", "FALGOUTR", "GRANDUVE", "HAUTEFLOR",
    "JONQUEV", "LARMENTI", "MALVESTR", "NOIRVALL", "ORCHEMBR", "PASSEGRIV", "QUINTEFL", "ROUVEMON", "SOLAMBR", "TREMBLOV",
    "URSANVI", "VALCENDR", "VERTEBOI", "ZEPHALON",
)  # fmt: skip
FINS_DE_NOM = ("AC", "AILLE", "ANDON", "AUBIN", "ECHARD", "ELIER", "ERON", "ICOURT", "INVAL", "OIRE", "OLLET", "UQUET")
PRENOMS = (
    "Aubrelin", "Bertilde", "Calixene", "Dorvane", "Elmire", "Florisel", "Galdrine", "Hermelin", "Isolbert", "Jorlande",
    "Lisandre", "Melvane", "Norvald", "Ombrine", "Perdican", "Rosmonde", "Silvandre", "Tibaldine", "Ursin", "Zelmire",
)  # fmt: skip

_RACINES_BAILLEUR = (
    "HABITAT", "LOGIS", "TOIT", "FOYER", "DOMAINE", "MAISON", "RESIDENCE", "CITE",
)  # fmt: skip
_QUALITES_BAILLEUR = (
    "DES TROIS CHENES", "DE LA BRUME", "DU GRAND HERON", "DES AMANDIERS", "DU VIEUX PONT", "DE L'ALOUETTE", "DES SEPT SOURCES",
    "DU CERF BLANC", "DE LA GARENNE", "DES HAUTS PRES", "DU COLIBRI", "DE L'ETANG NOIR", "DES LAVANDES", "DU SAULE",
)  # fmt: skip
_VOIES = ("RUE", "AVENUE", "ALLÉE", "PLACE", "IMPASSE", "BOULEVARD", "CHEMIN", "COURS")
_DETAILS_DE_VOIE = (
    "DES ACACIAS", "DU MOULIN", "DE LA RÉPUBLIQUE", "DES ÉCOLES", "DE L'ÉGLISE", "DU STADE", "DES TILLEULS", "DE LA FONTAINE",
    "DES PRÉS", "DU LAVOIR", "DE LA GARE", "DES VIGNES", "DU CHÂTEAU", "DE LA MAIRIE", "DES PEUPLIERS", "DU MARCHÉ",
    "DE L'ÉTANG", "DES BLEUETS", "DU BELVÉDÈRE", "DE LA FORÊT", "DES REMPARTS", "DU CANAL",
)  # fmt: skip
_RESIDENCES = (
    "LE MASCARET", "LES HÊTRES", "CLOS DE L'AUBE", "LA PRAIRIE", "LES TERRASSES", "VILLA CÉDRAT", "LES GLYCINES", "L'ÉCLUSE",
    "LE VERGER", "LES ARDOISES", "LE PARC", "LES CAPUCINES", "LE BELVÉDÈRE", "L'ORÉE DU BOIS", "LES MARINIERS", "LE GRAND PRÉ",
)  # fmt: skip

_INDICATIFS_FICTIFS = ("019900", "026191", "035301", "046571", "053649")
"""Number ranges that the regulator keeps for fiction."""


def nom(alea: Alea) -> str:
    """Return a made family name, in capitals."""
    return alea.choix(DEBUTS_DE_NOM) + alea.choix(FINS_DE_NOM)


def prenom(alea: Alea) -> str:
    """Return a made first name."""
    return alea.choix(PRENOMS)


def telephone(alea: Alea) -> str:
    """Return a telephone number that nobody can have."""
    return f"{alea.choix(_INDICATIFS_FICTIFS)}{alea.entier(0, 9999):04}"


def nom_de(rang: int) -> str:
    """Return the nth family name; the first 288 differ."""
    fin, debut = divmod(rang, len(DEBUTS_DE_NOM))
    return DEBUTS_DE_NOM[debut] + FINS_DE_NOM[fin % len(FINS_DE_NOM)]


def telephone_de(rang: int) -> str:
    """Return the nth telephone number that nobody can have; the first 50,000 differ."""
    numero, indicatif = divmod(rang, len(_INDICATIFS_FICTIFS))
    return f"{_INDICATIFS_FICTIFS[indicatif]}{numero % 10_000:04}"


def raison_sociale(rang: int) -> str:
    """Return the name of the nth owner of a territory, without its legal form; the first 112 differ."""
    racine = _RACINES_BAILLEUR[rang % len(_RACINES_BAILLEUR)]
    return f"{racine} {_QUALITES_BAILLEUR[(rang * 5 + rang // len(_RACINES_BAILLEUR)) % len(_QUALITES_BAILLEUR)]}"


def residence(alea: Alea) -> str:
    """Return the name of a building."""
    return alea.choix(_RESIDENCES)


def adresse(rang: int) -> str:
    """Return the nth address of a commune; no two are the same."""
    rang, detail = divmod(rang, len(_DETAILS_DE_VOIE))
    numero, voie = divmod(rang, len(_VOIES))
    return f"{numero + 1} {_VOIES[(voie + detail) % len(_VOIES)]} {_DETAILS_DE_VOIE[detail]}"


def siren(numero: int, premier: int = 1) -> str:
    """Return a made SIREN of nine digits whose check digit is right, one for each number below ten million and each first digit."""
    return _avec_cle(f"{premier}{numero:07}")


def siret(siren_: str, etablissement: int) -> str:
    """Return a SIRET of fourteen digits of that SIREN, check digit right."""
    return _avec_cle(f"{siren_}{etablissement:04}")


def est_juste(numero: str) -> bool:
    """Return whether a number is made of digits, the last of which is the one that the others call for."""
    return numero.isdecimal() and _avec_cle(numero[:-1]) == numero


def _avec_cle(chiffres: str) -> str:
    """Append the Luhn check digit."""
    total = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if rang % 2 == 0 else 1)
        total += valeur - 9 if valeur > 9 else valeur  # noqa: PLR2004 -- the Luhn sum itself
    return chiffres + str(-total % 10)
