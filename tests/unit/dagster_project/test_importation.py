"""What `parc import` says of an import."""

from __future__ import annotations

from datetime import timedelta

from dagster_project.commands.importation import summary
from data_contracts.delivery import Delivery, LandedTable
from ingest.importer import ImportReport
from tests.unit.dagster_project.made import RECEIVED

TABLE = LandedTable(
    table="ecolo_avenant", sha256="0" * 64, nb_recus=10, nb_poses=8, nb_quarantaine=2, nb_hors_perimetre=5, nb_illisibles=3
)
DELIVERY = Delivery(
    livraison_id="a1b2",
    source="ecoloweb",
    format="dump_sql",
    origine="essai.sql",
    sha256="a1" * 32,
    taille_octets=1,
    recue_le=RECEIVED,
    contrat_sha256="c0" * 32,
    departements=("33",),
    tables=(TABLE,),
)
SECONDS = timedelta(seconds=1.25).total_seconds()


def test_an_import_says_what_was_received_kept_refused_and_unreadable() -> None:
    text = "\n".join(summary(ImportReport(DELIVERY, deja_importee=False, avertissements=(), duree_s=SECONDS)))

    assert "1 table, 10 lignes reçues, 8 posées, 2 en quarantaine, 3 valeurs illisibles" in text
    assert "5 lignes hors des départements demandés (33)" in text
    assert "« parc run »" in text


def test_an_import_repeats_the_warnings_of_the_reader() -> None:
    warning = "Tables facultatives non livrées : ecolo_cus."

    assert f"  ! {warning}" in summary(ImportReport(DELIVERY, deja_importee=False, avertissements=(warning,), duree_s=SECONDS))


def test_an_import_of_the_same_content_says_that_nothing_changed() -> None:
    [line] = summary(ImportReport(DELIVERY, deja_importee=True, avertissements=(), duree_s=SECONDS))

    assert "déjà importée" in line
    assert "rien n'a changé" in line
