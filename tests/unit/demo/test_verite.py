"""The truth says of each agreement what its rows say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.demo.faits import Etat
from ingest.demo.referentiels import famille, liste

if TYPE_CHECKING:
    from tests.unit.demo.conftest import Demo

COURANTE = "conventiondonneesgenerales c on c.conventionapl_id = a.id and c.estcourante"
PROGRAMMES = "programmelogement p on p.conventiondonneesgenerales_id = c.id"


def colonne(demo: Demo, nom: str) -> dict[int, object]:
    """Return one fact of every agreement, by id."""
    rang = demo.verite["champs"].index(nom)
    return {valeurs[0]: valeurs[rang] for valeurs in demo.verite["conventions"]}


def par_convention(demo: Demo, expression: str, jointures: str = "") -> dict[int, object]:
    """Return an aggregate of the rows of each agreement, by id."""
    return dict(demo.lignes(f"select a.id, {expression} from conventionapl a {jointures} group by a.id"))


def test_agreements_are_listed_once_in_the_order_of_ids(demo: Demo) -> None:
    identifiants = [valeurs[0] for valeurs in demo.verite["conventions"]]
    assert identifiants == [identifiant for (identifiant,) in demo.lignes("select id from conventionapl order by id")]


def test_the_status_is_that_of_the_only_current_period(demo: Demo) -> None:
    etats = par_convention(demo, "list(v.code)", f"join {COURANTE} join valeurparamstatic v on v.id = c.etatconvention_id")
    assert {identifiant: [Etat(statut).name] for identifiant, statut in colonne(demo, "statut").items()} == etats


def test_the_term_is_that_of_the_current_period_else_of_the_last_amendment_in_force(demo: Demo) -> None:
    terme = """
        coalesce(any_value(c.dateexpiration), arg_max(v.nouvelledateexpiration, v.numero)
            filter (v.datesignatureprefet is not null and v.dateannulation is null))::varchar"""
    assert colonne(demo, "date_expiration") == par_convention(
        demo, terme, f"join {COURANTE} left join avenant v on v.conventionapl_id = a.id"
    )


def test_some_terms_are_only_known_by_the_amendment(demo: Demo) -> None:
    sans = par_convention(demo, "any_value(c.dateexpiration) is null", f"join {COURANTE}")
    assert any(sans[identifiant] for identifiant, terme in colonne(demo, "date_expiration").items() if terme)


def test_the_initial_term_is_that_of_the_current_period(demo: Demo) -> None:
    initiale = par_convention(demo, "any_value(c.dateexpirationinitiale)::varchar", f"join {COURANTE}")
    assert colonne(demo, "date_expiration_initiale") == initiale


def test_versions_and_amendments_are_all_counted(demo: Demo) -> None:
    periodes = par_convention(demo, "count(*)", "join conventiondonneesgenerales c on c.conventionapl_id = a.id")
    avenants = par_convention(demo, "count(v.id)", "left join avenant v on v.conventionapl_id = a.id")
    assert (colonne(demo, "nb_versions"), colonne(demo, "nb_avenants")) == (periodes, avenants)


def test_dwellings_are_those_of_the_programmes(demo: Demo) -> None:
    programmes = par_convention(demo, "coalesce(sum(p.logementsnombretotal), 0)::int", f"join {COURANTE} left join {PROGRAMMES}")
    assert colonne(demo, "nb_logements") == programmes


def test_dwellings_are_those_of_the_rows_where_no_case_says_otherwise(reglementaire: Demo) -> None:
    lignes = par_convention(
        reglementaire,
        "coalesce(sum(l.nblogements), 0)::int",
        f"join {COURANTE} left join {PROGRAMMES} left join logement l on l.programmelogement_id = p.id",
    )
    assert colonne(reglementaire, "nb_logements") == lignes


def test_places_are_garages_parking_and_boxes(demo: Demo) -> None:
    jointures = f"""
        join {COURANTE} left join {PROGRAMMES} left join annexe x on x.programmelogement_id = p.id
        left join valeurparamstatic v on v.id = x.typeannexe_id"""
    places = par_convention(demo, "coalesce(sum(x.nombre) filter (v.libelle in ('Garage', 'Parking', 'Box')), 0)::int", jointures)
    assert colonne(demo, "nb_stationnements") == places


def test_families_are_those_of_the_current_programmes(demo: Demo) -> None:
    jointures = f"join {COURANTE} left join {PROGRAMMES} left join typefinancement f on f.id = p.typefinancement_id"
    codes = par_convention(demo, "list(distinct f.code) filter (f.code is not null)", jointures)
    familles = {identifiant: sorted({famille(code) for code in codes_ or []}) for identifiant, codes_ in codes.items()}
    assert colonne(demo, "familles") == familles
    assert colonne(demo, "est_mixte") == {identifiant: len(liste_) > 1 for identifiant, liste_ in familles.items()}


def test_anah_is_known_by_financing_or_by_type(demo: Demo) -> None:
    jointures = f"join {COURANTE} left join {PROGRAMMES} left join typefinancement f on f.id = p.typefinancement_id"
    types = [ligne["id"] for ligne in liste("conventiontype") if ligne["libelle"].startswith(("77-1131", "80-429", "2006-1200"))]
    expression = f"bool_or(coalesce(f.libelle like 'ANAH%', false) or c.conventiontype_id in ({','.join(types)}))"
    assert colonne(demo, "est_anah") == par_convention(demo, expression, jointures)


def test_the_main_commune_is_in_the_departement(demo: Demo) -> None:
    departements = colonne(demo, "code_departement")
    assert {
        identifiant
        for identifiant, code in colonne(demo, "code_commune").items()
        if code and not str(code).startswith(str(departements[identifiant]))
    } == set()


def test_an_agreement_without_programme_has_no_commune_and_a_departement(demo: Demo) -> None:
    programmes = par_convention(demo, "count(p.id)", f"join {COURANTE} left join {PROGRAMMES}")
    assert {identifiant for identifiant, nombre in programmes.items() if not nombre} == {
        identifiant for identifiant, code in colonne(demo, "code_commune").items() if code is None
    }
    assert None not in colonne(demo, "code_departement").values()


def test_the_main_owner_owns_most_dwellings_without_equal(demo: Demo) -> None:
    requete = f"""
        select a.id, p.bailleurproprietaire_id from conventionapl a join {COURANTE} join {PROGRAMMES}
        group by a.id, p.bailleurproprietaire_id
        qualify rank() over (partition by a.id order by sum(p.logementsnombretotal) desc) = 1"""
    lignes = demo.lignes(requete)
    assert len(lignes) == len({identifiant for identifiant, _ in lignes})
    assert {identifiant: bailleur for identifiant, bailleur in colonne(demo, "bailleur_id").items() if bailleur} == dict(lignes)


def test_totals_add_up_the_agreements(demo: Demo) -> None:
    totaux = demo.verite["totaux"]
    assert totaux["logements"] == sum(colonne(demo, "nb_logements").values())
    assert totaux["stationnements"] == sum(colonne(demo, "nb_stationnements").values())
    assert totaux["conventions_mixtes"] == sum(colonne(demo, "est_mixte").values())
    assert sum(demo.verite["statuts"].values()) == sum(demo.verite["departements"].values()) == totaux["conventions"]
