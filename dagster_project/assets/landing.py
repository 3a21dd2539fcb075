"""The tables of the deliveries, of what is known of them and of the geography, as the models read them."""

# No postponed annotations here: Dagster compares the annotation of `context` with its own class.
import time
from collections.abc import Iterator

import dagster as dg

from dagster_project import french, preparation
from dagster_project.assets import names
from dagster_project.changements import precedent
from dagster_project.project import Project
from dagster_project.session import Session, Step

META_TITLES = {
    "livraison": "Livraisons lues par ce run.",
    "livraison_table": "Comptes de chaque table de chaque livraison.",
    "quarantaine": "Lignes refusées à l'import, avec leur motif.",
    "derive": "Ce que chaque livraison change de celle qu'elle remplace.",
    "suppression": "Livraisons supprimées à leur échéance de conservation.",
    "correction": "Corrections de lignes refusées que les livraisons portent, sans leurs valeurs.",
    "parametre": "Date de référence du run, et seuils des mesures ce jour-là.",
    "regle": "Catalogue des règles, avec la requête et le poids de chacune.",
    "regle_couverture": "Règles qu'une règle fait taire.",
    "severite": "Sévérités, avec leur libellé et leur poids dans le score de qualité.",
    "indicateur": "Catalogue des indicateurs, avec la requête de chacun.",
    "completude": "Requête qui compte les champs renseignés de chaque table suivie.",
    "exigence": "Ce que demande chaque usage des données, avec ses seuils et la requête qui le compte.",
    "registre_constat": "Constats déjà publiés, avec les dates où ils ont été vus.",
    "decision": "Décisions des analystes, gardées hors des runs.",
    "cause_changement": "Causes possibles de ce qui change depuis la publication précédente.",
    "requete_changement": "Requête qui dit ce qui change depuis la publication précédente.",
}
REFERENCE_TITLES = {
    "commune": "Communes d'aujourd'hui et arrondissements municipaux.",
    "commune_ancienne": "Anciens codes de commune et code d'aujourd'hui.",
    "departement": "Départements et collectivités d'outre-mer.",
    "region": "Régions d'aujourd'hui.",
    "zonage": "Zonages repris dans le projet, et la date dont ils valent.",
    "zonage_123": "Zone 1, 1 bis, 2 ou 3 des communes de 2014.",
    "zonage_abc": "Zone A bis, A, B1, B2 ou C des communes de 2024.",
}
EARLIER_TITLES = {
    "fct_convention": "Conventions de la publication à laquelle ce run est comparé.",
    "fct_anomalie": "Constats de la publication à laquelle ce run est comparé.",
}


def landing_specs(project: Project) -> list[dg.AssetSpec]:
    """Return one asset a table that dbt reads as a source."""
    return [
        *(
            _spec(source, table, f"{contract.titre}. {contract.description}")
            for source in project.source_names()
            for table, contract in project.source_tables(source).items()
        ),
        *(_spec(preparation.META, table, title) for table, title in META_TITLES.items()),
        *(_spec(preparation.REFERENCE, table, title) for table, title in REFERENCE_TITLES.items()),
        *(_spec(precedent.SCHEMA, table, title) for table, title in EARLIER_TITLES.items()),
    ]


def _spec(schema: str, table: str, description: str) -> dg.AssetSpec:
    return dg.AssetSpec(names.table_key(schema, table), group_name=names.LANDING, description=description, kinds={"parquet"})


def landing_assets(project: Project) -> dg.AssetsDefinition:
    """Return the step that prepares the run's database."""

    @dg.multi_asset(
        name="preparation",
        specs=landing_specs(project),
        required_resource_keys={names.SESSION},
        description="Prépare la base de travail du run : tables posées, livraisons, géographie.",
    )
    def _prepare(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        session: Session = context.resources.session
        with session.step(Step.PREPARATION) as report:
            start = time.monotonic()
            rows = preparation.prepare(
                session.home, project, session.database, session.date_reference, session.deliveries, decided=session.decided
            )
            seconds = round(time.monotonic() - start, 3)
            landed = sum(delivery.nb_poses for delivery in session.deliveries)
            report.summary = f"{french.count(len(session.deliveries), 'livraison')}, {french.count(landed, 'ligne')}"
        for (schema, table), count in rows.items():
            metadata: dict[str, str | int | float] = {"lignes": count, "secondes": seconds, **_origin(session, schema, table)}
            yield dg.MaterializeResult(asset_key=names.table_key(schema, table), metadata=metadata)

    return _prepare


def _origin(session: Session, schema: str, table: str) -> dict[str, str]:
    for delivery in session.deliveries:
        landed = delivery.table(table) if delivery.source == schema else None
        if landed is not None:
            return {"livraison": delivery.livraison_id, "sha256": landed.sha256}
    return {}
