"""Cases of the rules on rents."""

from __future__ import annotations

from datetime import timedelta

from ingest.demo.cas import choix, gestes, loyers
from ingest.demo.cas.cas import AN, AV, IN, NR, Cas, logement, lot, puis, tous, version
from ingest.demo.faits import Convention, Etat
from ingest.demo.oracle.loy import PREMIER_JOUR_SANS_FRANCS, SURFACE_UTILE_LE, UN_SEUL_LOYER_LE

_UN_JOUR = timedelta(days=1)
_CONFONDUE, _CALCULE = frozenset({"LOY-008"}), frozenset({"LOY-003"})
_SIMPLE = tous(choix.simple, choix.ordinaire, choix.hlm)
_SC, _SU = tous(_SIMPLE, loyers.regime("SC")), tous(_SIMPLE, loyers.regime("SU"))
_SU_HORS_PLS = tous(_SU, choix.de_famille("PLUS", "PLAI"))
_SU_A_PLUSIEURS, _SC_A_PLUSIEURS = tous(_SU, loyers.lignes(2)), tous(_SC, loyers.lignes(2))
_SU_VEILLE = tous(_SU, choix.signable_le(SURFACE_UTILE_LE - _UN_JOUR, sauf=SURFACE_UTILE_LE))
_SU_NOMBREUSE = tous(_SU, loyers.lignes(14))
_AVANT_L_EURO = tous(_SU_HORS_PLS, choix.signee(jusqu_au=PREMIER_JOUR_SANS_FRANCS - _UN_JOUR))
_AMENDABLE = tous(_SU_HORS_PLS, choix.amendable)
_NEUVE = tous(_SIMPLE, loyers.operation("1", "6"))


def _deux_programmes_d_un_financement(convention: Convention) -> bool:
    contenu = convention.courante.contenu
    return (
        convention.courante.etat is Etat.OPP
        and len(contenu) > 1
        and len({lot_.financement for lot_ in contenu}) == 1
        and not convention.avenants
        and contenu[-1].individuels == 0
    )


def _en_baisse_de_deux_pour_cent(loyer: int, _: int) -> int:
    return -(-loyer * 98 // 100)


def _en_baisse_de_plus(loyer: int, revise: int) -> int:
    return _en_baisse_de_deux_pour_cent(loyer, revise) - 1


def _en_hausse_de_deux_pour_cent(loyer: int, revise: int) -> int:
    return max(loyer, revise) * 102 // 100


def _en_hausse_de_plus(loyer: int, revise: int) -> int:
    return _en_hausse_de_deux_pour_cent(loyer, revise) + 1


LOYERS: tuple[Cas, ...] = (
    Cas(
        "LOY-002",
        NR,
        "Deux centimes entre l'individuel et le collectif, convention signée depuis 2024",
        tous(_SU_A_PLUSIEURS, choix.signee(depuis=UN_SEUL_LOYER_LE)),
        loyers.distinguer(2),
        lot,
    ),
    Cas(
        "LOY-002",
        NR,
        "Un loyer pour l'individuel et un pour le collectif, convention signée le premier jour de 2024",
        tous(_SU_A_PLUSIEURS, choix.signable_le(UN_SEUL_LOYER_LE)),
        puis(gestes.signer_le(UN_SEUL_LOYER_LE), loyers.distinguer(35)),
        lot,
        rare=True,
    ),
    Cas(
        "LOY-002",
        AV,
        "Un loyer pour l'individuel et un pour le collectif, convention signée la veille de 2024",
        tous(_SU_A_PLUSIEURS, choix.signable_le(UN_SEUL_LOYER_LE - _UN_JOUR)),
        puis(gestes.signer_le(UN_SEUL_LOYER_LE - _UN_JOUR), loyers.distinguer(35)),
        lot,
        rare=True,
    ),
    Cas(
        "LOY-002",
        AV,
        "Un loyer pour l'individuel et un pour le collectif, convention du stock",
        tous(_SU_A_PLUSIEURS, choix.signee(jusqu_au=UN_SEUL_LOYER_LE - _UN_JOUR)),
        loyers.distinguer(-20),
        lot,
    ),
    Cas("LOY-002", None, "Un centime entre l'individuel et le collectif", _SU_A_PLUSIEURS, loyers.distinguer(1), lot),
    Cas("LOY-002", None, "Deux loyers, mais en surface corrigée", _SC_A_PLUSIEURS, loyers.distinguer(150), lot),
    Cas(
        "LOY-002",
        None,
        "Deux loyers la veille du régime de la surface utile",
        tous(_SU_VEILLE, loyers.lignes(2)),
        puis(gestes.signer_le(SURFACE_UTILE_LE - _UN_JOUR), loyers.distinguer(35)),
        lot,
        rare=True,
    ),
    Cas("LOY-003", AN, "Loyer supérieur de plus d'un euro au produit", _SU, loyers.s_ecarter(101), logement),
    Cas("LOY-003", AN, "Loyer inférieur de trente euros au produit", _SU, loyers.s_ecarter(-3000), logement),
    Cas("LOY-003", None, "Loyer supérieur d'un euro au produit", _SU, loyers.s_ecarter(100), logement),
    Cas("LOY-003", None, "Loyer d'un logement en surface corrigée, loin de tout produit", _SC, loyers.payer(4321), logement),
    Cas("LOY-003", None, "Coefficient inconnu, loyer égal au produit", _SU_NOMBREUSE, loyers.moduler_un(0), logement),
    Cas(
        "LOY-003",
        None,
        "Loyer supérieur au produit, convention signée la veille du régime de la surface utile",
        _SU_VEILLE,
        puis(gestes.signer_le(SURFACE_UTILE_LE - _UN_JOUR), loyers.s_ecarter(2500)),
        logement,
        rare=True,
    ),
    Cas("LOY-004", NR, "Coefficients qui ajoutent plus d'un euro de loyer par logement", _SU, loyers.moduler_tout(1), lot),
    Cas(
        "LOY-004",
        AV,
        "Coefficients qui augmentent le loyer d'un programme, à côté d'un autre du même financement",
        tous(_deux_programmes_d_un_financement, choix.ordinaire, choix.hlm, loyers.regime("SU")),
        loyers.moduler_tout(300),
        lot,
        rare=True,
    ),
    Cas("LOY-004", None, "Coefficients qui ajoutent un euro de loyer par logement", _SU, loyers.moduler_tout(0), lot),
    Cas("LOY-004", None, "Coefficient de 1,2 compensé par les autres", _SU_NOMBREUSE, loyers.moduler_un(12_000), lot),
    Cas(
        "LOY-005",
        AN,
        "Coefficient de cinq décimales",
        _SU_NOMBREUSE,
        loyers.moduler_un(9_876, millioniemes=50),
        logement,
    ),
    Cas(
        "LOY-005",
        AN,
        "Coefficient de six décimales en surface corrigée",
        tous(_SC, loyers.lignes(14)),
        loyers.moduler_un(9_812, millioniemes=34),
        logement,
    ),
    Cas("LOY-005", None, "Coefficient de quatre décimales", _SU_NOMBREUSE, loyers.moduler_un(9_876), logement),
    Cas("LOY-005", None, "Coefficient inconnu", _SU_NOMBREUSE, loyers.moduler_un(0), logement),
    Cas("LOY-006", AN, "Coefficient de 2,0001", _SU_NOMBREUSE, loyers.moduler_un(20_001), logement),
    Cas("LOY-006", IN, "Coefficient de 2", _SU_NOMBREUSE, loyers.moduler_un(20_000), logement),
    Cas("LOY-006", IN, "Coefficient de 1,2501", _SU_NOMBREUSE, loyers.moduler_un(12_501), logement),
    Cas("LOY-006", IN, "Coefficient de 0,7999", _SU_NOMBREUSE, loyers.moduler_un(7_999), logement),
    Cas("LOY-006", None, "Coefficient de 1,25", _SU_NOMBREUSE, loyers.moduler_un(12_500), logement),
    Cas("LOY-006", None, "Coefficient de 0,8", _SU_NOMBREUSE, loyers.moduler_un(8_000), logement),
    Cas("LOY-006", None, "Coefficient inconnu, ce que dit zéro", _SU_NOMBREUSE, loyers.moduler_un(0), logement),
    Cas("LOY-007", AN, "Convention en vigueur sans loyer au m²", _SU, puis(loyers.plafonner(0), loyers.taire_les_loyers), lot),
    Cas(
        "LOY-007",
        AN,
        "Convention en vigueur en surface corrigée sans loyer au m²",
        _SC,
        puis(loyers.plafonner(0), loyers.taire_les_loyers),
        lot,
    ),
    Cas(
        "LOY-007",
        None,
        "Convention résiliée sans loyer au m²",
        tous(choix.etat(Etat.RES), choix.ordinaire, choix.hlm, lambda convention: bool(convention.courante.contenu)),
        puis(loyers.plafonner(0), loyers.taire_les_loyers),
        lot,
    ),
    Cas("LOY-007", None, "Foyer, qui a une redevance et pas de loyer au m²", tous(choix.simple, choix.foyer), objet=lot),
    Cas("LOY-008", AN, "Loyer annuel de 14,99 € en surface corrigée", _SC, loyers.plafonner(14_99), lot),
    Cas("LOY-008", AN, "Loyer mensuel de 20,01 € en surface utile", _SU_HORS_PLS, loyers.plafonner(20_01), lot),
    Cas("LOY-008", None, "Loyer annuel de 15 € en surface corrigée", _SC, loyers.plafonner(15_00), lot),
    Cas("LOY-008", None, "Loyer mensuel de 20 € en surface utile", _SU_HORS_PLS, loyers.plafonner(20_00), lot),
    Cas("LOY-008", None, "PLS à 20,01 € par mois", tous(_SU, choix.de_famille("PLS")), loyers.plafonner(20_01), lot),
    Cas(
        "LOY-009",
        AV,
        "Loyer de 25,01 avant l'euro",
        _AVANT_L_EURO,
        puis(loyers.plafonner(25_01), loyers.taire_les_loyers),
        lot,
        _CONFONDUE,
    ),
    Cas(
        "LOY-009",
        AV,
        "Loyer de 131,19, soit vingt euros, avant l'euro",
        _AVANT_L_EURO,
        puis(loyers.plafonner(131_19), loyers.taire_les_loyers),
        lot,
        _CONFONDUE,
    ),
    Cas(
        "LOY-009",
        AV,
        "Loyer de 32,24 la veille de l'euro",
        tous(_SU_HORS_PLS, choix.signable_le(PREMIER_JOUR_SANS_FRANCS - _UN_JOUR)),
        puis(gestes.signer_le(PREMIER_JOUR_SANS_FRANCS - _UN_JOUR), loyers.plafonner(32_24), loyers.taire_les_loyers),
        lot,
        _CONFONDUE,
        rare=True,
    ),
    Cas(
        "LOY-009",
        None,
        "Loyer de 32,24 le premier jour de l'euro",
        tous(_SU_HORS_PLS, choix.signable_le(PREMIER_JOUR_SANS_FRANCS)),
        puis(gestes.signer_le(PREMIER_JOUR_SANS_FRANCS), loyers.plafonner(32_24), loyers.taire_les_loyers),
        lot,
        _CONFONDUE,
        rare=True,
    ),
    Cas(
        "LOY-009",
        None,
        "Loyer de 25 avant l'euro",
        _AVANT_L_EURO,
        puis(loyers.plafonner(25_00), loyers.taire_les_loyers),
        lot,
        _CONFONDUE,
    ),
    Cas(
        "LOY-009",
        None,
        "Loyer de 131,20, plus de vingt euros, avant l'euro",
        _AVANT_L_EURO,
        puis(loyers.plafonner(131_20), loyers.taire_les_loyers),
        lot,
        _CONFONDUE,
    ),
    Cas(
        "LOY-013",
        AV,
        "Avenant sur autre chose, qui baisse le loyer de plus de deux pour cent",
        _AMENDABLE,
        puis(gestes.avenir("13"), loyers.changer_le_loyer(_en_baisse_de_plus)),
        version,
    ),
    Cas(
        "LOY-013",
        AV,
        "Avenant de mutation, qui porte le loyer à plus de deux pour cent au-dessus de sa valeur révisée",
        _AMENDABLE,
        puis(gestes.avenir("11"), loyers.changer_le_loyer(_en_hausse_de_plus)),
        version,
    ),
    Cas(
        "LOY-013",
        None,
        "Avenant sur autre chose, qui baisse le loyer de deux pour cent",
        _AMENDABLE,
        puis(gestes.avenir("13"), loyers.changer_le_loyer(_en_baisse_de_deux_pour_cent)),
        version,
    ),
    Cas(
        "LOY-013",
        None,
        "Avenant sur autre chose, qui porte le loyer à deux pour cent au-dessus de sa valeur révisée",
        _AMENDABLE,
        puis(gestes.avenir("13"), loyers.changer_le_loyer(_en_hausse_de_deux_pour_cent)),
        version,
    ),
    Cas(
        "LOY-013",
        None,
        "Avenant sur le loyer maximum, qui le baisse de plus de deux pour cent",
        _AMENDABLE,
        puis(gestes.avenir("R04"), loyers.changer_le_loyer(_en_baisse_de_plus)),
        version,
    ),
    Cas(
        "LOY-013",
        None,
        "Avenant sur le descriptif et autre chose, qui baisse le loyer de plus de deux pour cent",
        _AMENDABLE,
        puis(gestes.avenir("13", "7"), loyers.changer_le_loyer(_en_baisse_de_plus)),
        version,
    ),
    Cas("LOY-014", AV, "Loyer dérogatoire dans une opération neuve", _NEUVE, loyers.deroger, lot),
    Cas(
        "LOY-014",
        None,
        "Loyer dérogatoire dans une acquisition-amélioration",
        tous(_SIMPLE, loyers.operation("3")),
        loyers.deroger,
        lot,
    ),
    Cas(
        "LOY-014",
        None,
        "Loyer dérogatoire dans une opération neuve, après un avenant de dérogation",
        tous(_NEUVE, choix.amendable),
        puis(gestes.avenir("R03"), loyers.deroger),
        lot,
    ),
    Cas("LOY-017", AN, "Loyer de 3 000,01 € en surface corrigée", _SC, loyers.payer(3_000_01), logement),
    Cas("LOY-017", AN, "Loyer de 3 000,01 € en surface utile", _SU, loyers.payer(3_000_01), logement, _CALCULE),
    Cas("LOY-017", AN, "Redevance de 3 000,01 €", tous(choix.simple, choix.foyer), loyers.payer(3_000_01), logement),
    Cas("LOY-017", None, "Loyer de 3 000 € en surface corrigée", _SC, loyers.payer(3_000_00), logement),
    Cas("LOY-017", None, "Loyer inconnu, ce que dit zéro", _SC, loyers.payer(0), logement),
)
