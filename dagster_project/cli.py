"""The command `parc`. Declares the commands and turns every error into one sentence and an exit code; the work is in `commands/`.

Nothing heavy is imported here: `parc status` and `parc --help` answer at once.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from dagster_project.usage import FrenchCommand, FrenchGroup, sentence
from data_contracts.errors import BadInputError, ParcError, RefusedError, TransientError
from data_contracts.layout import Home

INTERRUPTED = 130
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_DISK_WORDS = (*(os.strerror(code) for code in FULL_DISK), "database or disk is full")
"""What DuckDB quotes from the system in errors of its own, and what SQLite says."""
ALMOST_NOTHING = 2**20
"""Bytes."""
app = typer.Typer(
    name="parc",
    cls=FrenchGroup,
    help="Entrepôt du parc conventionné : importer les livraisons, construire, contrôler, publier et lire.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command("import", cls=FrenchCommand, short_help="Reçoit une livraison.")
def import_(
    source: Annotated[
        str,
        Argument(metavar="SOURCE", help="Système d'origine : ecoloweb, apilos, siap, sisal, satisfaction, referentiels ou rpls."),
    ],
    origine: Annotated[
        str,
        Argument(
            metavar="CHEMIN_OU_URL",
            help="ecoloweb, apilos : dump PostgreSQL, dossier de CSV ou de Parquet, ou URL postgresql://… ; apilos : aussi "
            "l'export de ses conventions en JSON, une par ligne ; "
            "siap : adresse https://… de l'interface, ou dossier de ses réponses en JSON ; sisal : export CSV ou XLSX ; "
            "satisfaction : export CSV de Je donne mon avis, ou dossier de CSV avec leur description ; "
            "referentiels : CSV d'un zonage, ou dossier de zonages ; rpls : fichier CSV détaillé.",
        ),
    ],
    departement: Annotated[
        str | None, Option("--departement", metavar="33,2A", help="N'importer que ces départements, séparés par des virgules.")
    ] = None,
) -> None:
    """Reçoit une livraison : la lit, la contrôle, met à part les lignes refusées, garde tout le reste."""
    from dagster_project.commands import importation  # noqa: PLC0415 - DuckDB and the readers, for this command only

    importation.run(Home.from_environment(), source, origine, codes(departement))


@app.command(cls=FrenchCommand, short_help="Construit, contrôle et publie.")
def run(
    date_reference: Annotated[
        str | None,
        Option(
            "--date-reference",
            metavar="AAAA-MM-JJ",
            help="« Aujourd'hui » des modèles ; à défaut PARC_DATE_REFERENCE, sinon ce jour.",
        ),
    ] = None,
    force: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        Option("--force", help="Publier malgré des contrôles bloquants rompus : l'infraction est écrite et montrée partout."),
    ] = False,
    motif: Annotated[str | None, Option("--motif", metavar="TEXTE", help="Pourquoi publier malgré tout, avec --force.")] = None,
    sans_cache: Annotated[bool, Option("--sans-cache", help="Ne se servir d'aucun cache.")] = False,  # noqa: FBT002
) -> None:
    """Construit, contrôle et publie les livraisons reçues. Rien ne change pour les lecteurs si un contrôle refuse."""
    from dagster_project.commands import execution  # noqa: PLC0415 - see import_

    execution.run(Home.from_environment(), date_reference, execution.Asked(sans_cache, force, motif))


@app.command(cls=FrenchCommand, short_help="Fabrique, importe et publie une France de démonstration.")
def demo(
    conventions: Annotated[int, Option("--conventions", metavar="N", min=1, help="Nombre de conventions.")] = 4000,
    graine: Annotated[int, Option("--graine", metavar="S", min=0, help="Graine du hasard : la même donne la même France.")] = 42,
    sortie: Annotated[
        Path | None, Option("--sortie", metavar="DOSSIER", help="Où écrire le dump et sa vérité ; à défaut demo/ dans PARC_HOME.")
    ] = None,
    sans_cas: Annotated[bool, Option("--sans-cas", help="Ne planter aucun cas : une France où tout est réglementaire.")] = False,  # noqa: FBT002
) -> None:
    """Fabrique une livraison de démonstration avec sa vérité, l'importe et la publie."""
    from dagster_project.commands import demonstration  # noqa: PLC0415 - see import_

    demonstration.run(Home.from_environment(), conventions, graine, sortie, cas=not sans_cas)


@app.command(cls=FrenchCommand, short_help="Dit ce qui est publié et ce qui attend.")
def status(
    as_json: Annotated[bool, Option("--json", help="En JSON, au format décrit dans docs/exploitation.md.")] = False,  # noqa: FBT002
) -> None:
    """Dit ce qui est publié, à partir de quoi, ce que valent les contrôles et ce qui attend."""
    from dagster_project.commands import status as command  # noqa: PLC0415 - see import_

    command.run(Home.from_environment(), as_json=as_json)


@app.command(cls=FrenchCommand, short_help="Interroge la publication courante.")
def sql(
    requete: Annotated[str, Argument(metavar="REQUÊTE", help="Une lecture : SELECT …")],
    output: Annotated[str, Option("--format", metavar="table|csv|json|parquet", help="Forme du résultat.")] = "table",
) -> None:
    """Interroge la publication courante, en lecture seule."""
    from dagster_project.commands import query  # noqa: PLC0415 - see import_

    query.run(Home.from_environment(), requete, output)


@app.command(cls=FrenchCommand, short_help="Écrit les classeurs de nettoyage et les tables publiées.")
def export(
    sortie: Annotated[Path, Option("--sortie", metavar="DOSSIER", help="Où écrire les fichiers.")],
    departement: Annotated[
        str | None, Option("--departement", metavar="33,2A", help="Seulement les conventions de ces départements.")
    ] = None,
    bailleur: Annotated[str | None, Option("--bailleur", metavar="SIREN", help="Seulement les conventions de ce bailleur.")] = None,
    classeurs: Annotated[bool, Option("--classeurs/--sans-classeurs", help="Écrire les classeurs de nettoyage.")] = True,  # noqa: FBT002
) -> None:
    """Écrit les classeurs de nettoyage, les corrections à demander à APiLos et chaque table publiée, en CSV et en Parquet."""
    from dagster_project.commands import export as command  # noqa: PLC0415 - see import_

    command.run(Home.from_environment(), sortie, codes(departement), bailleur, workbooks=classeurs)


@app.command(cls=FrenchCommand, short_help="Dit ce qui a changé entre deux publications.")
def diff(
    avant: Annotated[
        str | None,
        Argument(metavar="RUN_A", help="Publication de départ ; à défaut la dernière qui ne venait pas des mêmes entrées."),
    ] = None,
    apres: Annotated[str | None, Argument(metavar="RUN_B", help="Publication d'arrivée ; à défaut la courante.")] = None,
    as_json: Annotated[bool, Option("--json", help="En JSON, au format décrit dans docs/exploitation.md.")] = False,  # noqa: FBT002
) -> None:
    """Dit ce qui a changé entre deux publications, et pourquoi. Le début d'un identifiant suffit."""
    from dagster_project.commands import diff as command  # noqa: PLC0415 - see import_

    command.run(Home.from_environment(), avant, apres, as_json=as_json)


@app.command(cls=FrenchCommand, short_help="Montre les règles.")
def regles(
    regle: Annotated[str | None, Argument(metavar="ID", help="Une règle, par exemple DUR-003 ; toutes à défaut.")] = None,
    as_json: Annotated[bool, Option("--json", help="En JSON, au format décrit dans docs/exploitation.md.")] = False,  # noqa: FBT002
) -> None:
    """Montre le catalogue des règles, ou une règle avec son droit, ses seuils et ses exemples."""
    from dagster_project.commands import regles as command  # noqa: PLC0415 - see import_

    command.run(regle, as_json=as_json)


@app.command(cls=FrenchCommand, short_help="Enregistre les décisions des analystes.")
def decision(  # noqa: PLR0913, PLR0917 - what one types on the command line
    constat: Annotated[str | None, Argument(metavar="ANOMALIE_ID", help="Identifiant du constat.")] = None,
    statut: Annotated[
        str | None, Argument(metavar="STATUT", help="« à traiter », « justifié », « corrigé » ou « faux positif ».")
    ] = None,
    motif: Annotated[str | None, Option("--motif", metavar="TEXTE", help="Pourquoi ; facultatif pour « à traiter ».")] = None,
    auteur: Annotated[
        str | None, Option("--auteur", metavar="NOM", help="Qui décide ; à défaut PARC_AUTEUR, sinon l'utilisateur du système.")
    ] = None,
    fichier: Annotated[
        Path | None, Option("--fichier", metavar="CLASSEUR", help="Reprendre les décisions d'un classeur rempli, .xlsx ou .csv.")
    ] = None,
    exporter: Annotated[
        Path | None, Option("--exporter", metavar="FICHIER", help="Écrire toutes les décisions dans un fichier .csv ou .xlsx.")
    ] = None,
) -> None:
    """Enregistre une décision sur un constat, ou celles d'un classeur ; écrit le registre des décisions. Rien ne s'efface."""
    from dagster_project.commands import decision as command  # noqa: PLC0415 - see import_

    command.run(Home.from_environment(), command.Asked(constat, statut, motif, auteur, fichier, exporter))


quarantaine = typer.Typer(
    cls=FrenchGroup,
    short_help="Montre, corrige et rejoue les lignes refusées.",
    help="Les lignes refusées à l'import : les lister, les exporter pour les corriger, les libérer, les rejouer.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(quarantaine, name="quarantaine")
Source = Annotated[str | None, Option("--source", metavar="SOURCE", help="Seulement cette source.")]
Table = Annotated[str | None, Option("--table", metavar="TABLE", help="Seulement cette table.")]
Auteur = Annotated[
    str | None, Option("--auteur", metavar="NOM", help="Qui corrige ; à défaut PARC_AUTEUR, sinon l'utilisateur du système.")
]


@quarantaine.command("lister", cls=FrenchCommand, short_help="Compte les lignes refusées, et montre les premières.")
def lister(
    source: Source = None,
    table: Table = None,
    as_json: Annotated[bool, Option("--json", help="En JSON, au format décrit dans docs/exploitation.md.")] = False,  # noqa: FBT002
) -> None:
    """Dit quelles lignes des livraisons courantes sont refusées, pourquoi, et lesquelles ont une correction."""
    from dagster_project.commands import quarantaine as command  # noqa: PLC0415 - see import_

    command.list_rows(Home.from_environment(), command.Chosen(source, table), as_json=as_json)


@quarantaine.command("exporter", cls=FrenchCommand, short_help="Écrit un fichier de correction.")
def exporter(
    sortie: Annotated[Path, Option("--sortie", metavar="FICHIER", help="Fichier .xlsx, ou .csv pour une seule table.")],
    source: Source = None,
    table: Table = None,
) -> None:
    """Écrit les lignes refusées, telles que reçues, dans un fichier à corriger."""
    from dagster_project.commands import quarantaine as command  # noqa: PLC0415 - see import_

    command.export(Home.from_environment(), command.Chosen(source, table), sortie)


@quarantaine.command("liberer", cls=FrenchCommand, short_help="Enregistre les corrections d'un fichier rempli.")
def liberer(
    fichier: Annotated[Path, Argument(metavar="FICHIER", help="Fichier de correction rempli, .xlsx ou .csv.")],
    motif: Annotated[str, Option("--motif", metavar="TEXTE", help="D'où viennent les bonnes valeurs.")],
    auteur: Auteur = None,
) -> None:
    """Enregistre les corrections d'un fichier rempli, toutes ou aucune ; le prochain rejeu les appliquera."""
    from dagster_project.commands import quarantaine as command  # noqa: PLC0415 - see import_

    command.record(Home.from_environment(), fichier, motif, auteur)


@quarantaine.command("retirer", cls=FrenchCommand, short_help="Retire la correction d'une ligne.")
def retirer(
    empreinte: Annotated[str, Argument(metavar="EMPREINTE", help="Empreinte de la ligne, que donnent la liste et l'export.")],
    motif: Annotated[str, Option("--motif", metavar="TEXTE", help="Pourquoi la correction ne vaut plus.")],
    auteur: Auteur = None,
) -> None:
    """Retire la correction d'une ligne ; le prochain rejeu la reprendra telle que reçue. La correction reste au registre."""
    from dagster_project.commands import quarantaine as command  # noqa: PLC0415 - see import_

    command.withdraw(Home.from_environment(), empreinte, motif, auteur)


@quarantaine.command("rejouer", cls=FrenchCommand, short_help="Applique les corrections enregistrées.")
def rejouer(source: Source = None) -> None:
    """Applique les corrections enregistrées aux livraisons courantes : chacune en donne une nouvelle, qui la remplace."""
    from dagster_project.commands import quarantaine as command  # noqa: PLC0415 - see import_

    command.replay_all(Home.from_environment(), source)


@app.command(cls=FrenchCommand, short_help="Vérifie et répare l'entrepôt.")
def verify(
    reparer: Annotated[bool, Option("--reparer", help="Réparer ce qui peut l'être.")] = False,  # noqa: FBT002
    as_json: Annotated[bool, Option("--json", help="En JSON, au format décrit dans docs/exploitation.md.")] = False,  # noqa: FBT002
) -> None:
    """Vérifie que livraisons, publications, pointeur et registres sont ce qui a été écrit, et dit ce qu'il faut réparer."""
    from dagster_project.commands import verify as command  # noqa: PLC0415 - see import_

    command.run(Home.from_environment(), reparer=reparer, as_json=as_json)


@app.command(cls=FrenchCommand, short_help="Ouvre les tableaux de bord.")
def dashboard(
    port: Annotated[int, Option("--port", metavar="PORT", min=1, max=65535, help="Port de l'interface.")] = 8501,
    adresse: Annotated[str, Option("--adresse", metavar="ADRESSE", help="Adresse d'écoute.")] = "127.0.0.1",
) -> None:
    """Ouvre les tableaux de bord dans un navigateur."""
    from dagster_project.commands import interfaces  # noqa: PLC0415 - see import_

    interfaces.dashboard(Home.from_environment(), port, adresse)


@app.command(cls=FrenchCommand, short_help="Ouvre l'interface de Dagster.")
def dagster(
    port: Annotated[int, Option("--port", metavar="PORT", min=1, max=65535, help="Port de l'interface.")] = 3000,
    adresse: Annotated[str, Option("--adresse", metavar="ADRESSE", help="Adresse d'écoute.")] = "127.0.0.1",
) -> None:
    """Ouvre l'interface de Dagster : lignage, historique des runs, contrôles."""
    from dagster_project.commands import interfaces  # noqa: PLC0415 - see import_

    interfaces.dagster(Home.from_environment(), port, adresse)


def codes(given: str | None) -> tuple[str, ...]:
    """Split a list of codes typed with commas; upper case, without blanks nor repeats."""
    return tuple(dict.fromkeys(code.strip().upper() for code in (given or "").split(",") if code.strip()))


def main() -> None:
    """Run the command line and exit with its code: 0 done, 1 refused by a check, 2 bad usage or bad input."""
    code = execute(sys.argv[1:])
    if code == INTERRUPTED:
        # dbt's threads may still be at work, and Python would tear them down in the middle of a query.
        sys.stdout.flush()
        os._exit(code)
    sys.exit(code)


def execute(arguments: list[str]) -> int:
    """Run one command and return its exit code. Every error is one French sentence on the error output."""
    try:
        code = typer.main.get_command(app).main(args=arguments, prog_name="parc", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - a person never reads a traceback
        if not _is_interruption(error):
            return _failed(error)
        code = INTERRUPTED
    except KeyboardInterrupt:
        code = INTERRUPTED
    except SystemExit:
        # Typer leaves this way when whoever read the output has gone: there is nobody left to tell.
        code = 0
    return _say("Interrompu : rien n'a été publié.", INTERRUPTED) if code == INTERRUPTED else int(code or 0)


def _is_interruption(error: BaseException | None) -> bool:
    """Tell whether an error comes from an interruption at the keyboard that a library took for something else."""
    return error is not None and (not isinstance(error, Exception) or _is_interruption(error.__cause__ or error.__context__))


def _failed(error: Exception) -> int:
    """Say an error and return its exit code."""
    if not isinstance(error, OSError | TransientError) and _says_full_disk(error):  # those name the place themselves
        return _say(_about_full_disk(""), BadInputError.exit_code)
    match error:
        case ParcError():
            return _say(str(error), error.exit_code)
        case typer.TyperException():
            return _say(sentence(error), BadInputError.exit_code)
        case OSError():
            return _say(_about_system(error), BadInputError.exit_code)
        case _:
            return _say(_about_defect(error), RefusedError.exit_code)


def _say(text: str, code: int) -> int:
    print(text, file=sys.stderr)  # noqa: T201 - the command line speaks here
    return code


def _about_system(error: OSError) -> str:
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in FULL_DISK:
        return _about_full_disk(place)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"Accès refusé par le système{place} : vérifier les droits, puis recommencer."
    return f"Le système a refusé une opération{place} : {error.strerror or error}."


def _says_full_disk(error: BaseException | None) -> bool:
    """Tell whether an error, or one behind it, says that the disk is full."""
    if error is None:
        return False
    if any(words in str(error) for words in FULL_DISK_WORDS):
        return True
    # SQLite says no more than this once it can't write its own journal.
    is_mute = "disk I/O error" in str(error) and shutil.disk_usage(Home.from_environment().root).free < ALMOST_NOTHING
    return is_mute or _says_full_disk(error.__cause__ or error.__context__)


def _about_full_disk(place: str) -> str:
    return f"Plus de place sur le disque{place} : en libérer, puis recommencer ; ce qui était publié n'a pas changé."


def _about_defect(error: Exception) -> str:
    """Keep the details of an error nobody foresaw in a file, and say where."""
    path = Home.from_environment().cache / "derniere-erreur.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return f"Erreur imprévue ({type(error).__name__} : {' '.join(str(error).split())}), à signaler."
    return f"Erreur imprévue ({type(error).__name__}), à signaler avec le fichier {path}."
