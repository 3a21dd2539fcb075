"""The faults that a warehouse must outlive, each made for real, and what has to hold after any of them.

A fault hurts a small published home, then does what its message says to do. Whatever the fault: what was published still
answers, no delivery and no decision is lost, the command that suffered says one clear sentence, the next run succeeds, and
`parc verify` finds nothing wrong.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from data_contracts import decision_register
from data_contracts.delivery import current_deliveries, deliveries
from data_contracts.layout import Home
from data_contracts.publication import current_run
from ingest.demo import generate
from tests.support import made_siap
from tests.support.command import PARC, parc_does, run_parc, variables
from tests.support.postgresql import Server
from tests.support.published import answers

CONVENTIONS = 60
MEBIBYTE = 2**20
AT_ANOTHER_TIME = """
import sys
from datetime import UTC, datetime, timedelta
import time_machine
time_machine.travel(datetime.now(UTC) + timedelta(days=int(sys.argv.pop(1)))).start()
from dagster_project.cli import main
main()
"""
WITHOUT_PRIVILEGE = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-dac_override,-dac_read_search"]
"""Takes from root what lets it write where nobody may."""
FULL, FORBIDDEN, BUSY, CUT = "[Pp]lus de place|disque plein", "droit", "déjà occupé", "coup|interromp|fermé|perdu"


@dataclass(frozen=True)
class Scene:
    """A published home that a fault may hurt, and what it needs to do so."""

    home: Home
    folder: Path
    """Room for the fault."""
    work: Mapping[str, float]
    """Seconds of processor that a whole run, and a whole import, take: those of the clock depend on what else goes on."""
    first: Path
    """The delivery it was published from."""
    second: Path
    """Another delivery of the same source."""
    postgres: Server
    until_checked: ExitStack = field(default_factory=ExitStack)
    """What the fault undoes once everything is checked."""

    def words(self, command: Sequence[str]) -> list[str]:
        """Return a command, with the path of the other delivery where it says SECOND."""
        return [str(self.second) if word == "SECOND" else word for word in command]


@dataclass(frozen=True)
class Fault:
    """One fault, by the name it has in the table."""

    name: str
    happen: Callable[[Scene], Sequence[str]]
    """Does it, recovers as its message says to, and returns what was said."""
    message: str | None
    """What each sentence has to hold; None for a fault that leaves nobody to speak."""
    is_published: bool = False
    """Whether another delivery is published in its course: readers then see that one."""
    needs_disk: bool = False
    """Whether it needs a small disk, which not every machine lets the tests make."""


@dataclass(frozen=True)
class Kept:
    """What must not be lost."""

    rows: list[tuple[object, ...]]
    decisions: frozenset[str]
    deliveries: frozenset[str]


def prepared(folder: Path, postgres: Server) -> Scene:
    """Publish a small parc on which something was decided."""
    home = Home(folder / "parc")
    first, second = (generate(CONVENTIONS, seed, folder / f"demo-{seed}").dump for seed in (1, 2))
    work = {"import": _work(home, "import", "ecoloweb", first)}
    parc_does(home, "run")
    decide(home)
    work["run"] = _work(home, "run")
    return Scene(home, folder, work, first, second, postgres)


def _work(home: Home, *arguments: str | Path) -> float:
    """Run `parc` and return the seconds of processor that it and its processes took."""
    before = _worked_by_children()
    parc_does(home, *arguments)
    return _worked_by_children() - before


def _worked_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def copied(scene: Scene, folder: Path) -> Scene:
    """Return the same scene with a home of its own."""
    shutil.copytree(scene.home.root, folder / "parc", symlinks=True)
    return Scene(Home(folder / "parc"), folder, scene.work, scene.first, scene.second, scene.postgres)


def decide(home: Home, **environment: str) -> None:
    """Record a decision on an open finding that has none."""
    with current_run(home).connect() as marts:
        found = marts.execute("select min(anomalie_id) from fct_anomalie where etat = 'ouverte' and decision is null").fetchone()
    assert found is not None
    parc_does(home, "decision", found[0], "justifie", "--motif", "Vu avec la DDT.", **environment)


def kept(home: Home) -> Kept:
    """Return what must not be lost of a home."""
    return Kept(
        answers(home)[1], decision_register.read(home).ids, frozenset(delivery.livraison_id for delivery in deliveries(home))
    )


def assert_outlived(scene: Scene, fault: Fault, run: Callable[[Home], object]) -> None:
    """Make a fault happen and check all that must hold after it; `run` publishes the home again."""
    home = scene.home
    before = kept(home)
    with scene.until_checked:
        said = fault.happen(scene)
        after = kept(home)
        assert fault.is_published or after.rows == before.rows, "what was published no longer answers the same"
        assert after.decisions >= before.decisions, "a decision is lost"
        assert after.deliveries >= before.deliveries, "a delivery is lost"
        for sentence in said:
            assert "Traceback" not in sentence, sentence
            assert fault.message is not None
            assert re.search(fault.message, sentence), sentence
        assert bool(said) == (fault.message is not None)
        run(home)
        assert parc_does(home, "verify")
        assert kept(home).decisions >= before.decisions
        read = {told["livraison_id"] for told in current_run(home).manifest["livraisons"]}
        assert read == {delivery.livraison_id for delivery in current_deliveries(home).values()}


def refused(home: Home, *arguments: str | Path, before: Sequence[str] = (), code: int = 2, **environment: str) -> str:
    """Run `parc`, demand that it refuses, and return what it said."""
    done = run_parc(home, *arguments, before=before, **environment)
    assert done.returncode == code, f"{done.returncode} {done.stdout} {done.stderr}"
    return done.stderr.strip()


def started(home: Home, *arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start `parc` in a group of processes of its own, and let it be."""
    quiet = subprocess.DEVNULL
    command = [str(PARC), *map(str, arguments)]
    return subprocess.Popen(command, env=variables(home), stdout=quiet, stderr=quiet, start_new_session=True)


def killed(home: Home, work: float, *arguments: str | Path) -> None:
    """Start `parc`, and kill it and all it started once they have worked so many seconds, unless it ended before."""
    process = started(home, *arguments)
    while process.poll() is None:
        if _worked_by(process.pid) >= work:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        time.sleep(0.02)


def _worked_by(pid: int) -> float:
    """Return the seconds of processor that a process and those it started have taken, those that have ended included."""
    worked = 0.0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                worked += sum(one.cpu_times()[:4])
    return worked


def run_killed(share: float) -> Fault:
    """A run killed when it has done that share of its usual work."""

    def happen(scene: Scene) -> Sequence[str]:
        killed(scene.home, share * scene.work["run"], "run")
        return ()

    return Fault(f"run tué à {_percent(share)} de son travail", happen, None)


def import_killed(share: float) -> Fault:
    """An import killed when it has done that share of its usual work."""

    def happen(scene: Scene) -> Sequence[str]:
        killed(scene.home, share * scene.work["import"], "import", "ecoloweb", scene.second)
        parc_does(scene.home, "import", "ecoloweb", scene.second)
        return ()

    return Fault(f"import tué à {_percent(share)} de son travail", happen, None)


def disk_filled(*command: str, room: int) -> Fault:
    """A disk that has so many mebibytes left when a command begins."""

    def happen(scene: Scene) -> Sequence[str]:
        home, aside = scene.home, scene.folder / "ailleurs"
        used = sum(path.lstat().st_size for path in home.root.rglob("*")) // MEBIBYTE
        home.root.rename(aside)
        home.root.mkdir()
        size = f"{used + 1 + room}m"
        scene.until_checked.enter_context(small_disk(home.root, size))
        shutil.copytree(aside, home.root, symlinks=True, dirs_exist_ok=True)
        said = refused(home, *scene.words(command))
        _mount("-o", "remount,size=2g", home.root)
        return (said,)

    return Fault(f"disque plein ({room} Mio) pendant « parc {command[0]} »", happen, FULL, needs_disk=True)


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """Put a file system of its own, of that size, in a folder. Raises CalledProcessError where this may not be done."""
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", place)
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)  # noqa: S607 - where the system keeps it


def can_mount(folder: Path) -> bool:
    """Whether this machine lets the tests make a small disk."""
    try:
        with small_disk(folder, "1m"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def _mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)  # noqa: S607 - where the system keeps it


def writing_forbidden(*command: str, folder: str) -> Fault:
    """A folder of the home where nobody may write."""

    def happen(scene: Scene) -> Sequence[str]:
        place = scene.home.root / folder
        place.mkdir(exist_ok=True)
        mode = place.stat().st_mode
        place.chmod(0o555)
        said = refused(scene.home, *scene.words(command), before=WITHOUT_PRIVILEGE if os.geteuid() == 0 else ())
        place.chmod(mode)
        return (said,)

    return Fault(f"écriture interdite dans {folder}/ pendant « parc {command[0]} »", happen, FORBIDDEN)


def landing_corrupted(scene: Scene) -> Sequence[str]:
    """Change one byte of the landed file that holds most, then follow what is said: repair, import again."""
    [folder] = (scene.home.delivery("ecoloweb", one.livraison_id) for one in deliveries(scene.home))
    path = max(folder.glob("*.parquet"), key=lambda one: one.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    said = refused(scene.home, "run")
    run_parc(scene.home, "verify", "--reparer")
    parc_does(scene.home, "import", "ecoloweb", scene.first)
    return (said,)


def pointer_broken(scene: Scene) -> Sequence[str]:
    """Make the pointer name a run that is not there, then repair."""
    scene.home.current.unlink()
    scene.home.current.symlink_to("20200101T000000Z-000000")
    said = refused(scene.home, "verify", code=1)
    parc_does(scene.home, "verify", "--reparer")
    return (said,)


def database_cut(scene: Scene) -> Sequence[str]:
    """Cut the connection to PostgreSQL in the middle of what it sends, then import again."""
    url = scene.postgres.new_database()
    scene.postgres.run("psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", str(scene.second), url)
    with cutting(scene.postgres.port, 200_000) as port:
        said = refused(scene.home, "import", "ecoloweb", url.replace(f":{scene.postgres.port}/", f":{port}/"))
    parc_does(scene.home, "import", "ecoloweb", url)
    return (said,)


def api_cut(scene: Scene) -> Sequence[str]:
    """Cut the list of operations of SIAP in its middle, then import again."""
    numbers = [f"2022120000{rank}" for rank in range(4)]
    server = made_siap.Server([made_siap.operation(number) for number in numbers])
    caller = {
        "PARC_SIAP_CLE": made_siap.KEY,
        "PARC_SIAP_UTILISATEUR": made_siap.USER,
        "PARC_SIAP_HABILITATION": str(made_siap.CLEARANCE),
    }
    with server.running():
        server.always[made_siap.OPERATIONS] = made_siap.cut
        said = refused(scene.home, "import", "siap", server.address, **caller)
        del server.always[made_siap.OPERATIONS]
        parc_does(scene.home, "import", "siap", server.address, **caller)
    return (said,)


@contextmanager
def cutting(port: int, limit: int) -> Iterator[int]:
    """Stand before a port of this machine, and close each connection once it has given so many bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def carry(source: socket.socket, target: socket.socket, left: float) -> None:
            with source, target:
                while left > 0 and (content := source.recv(min(65536, int(min(left, 65536))))):
                    target.sendall(content)
                    left -= len(content)
                for end in (source, target):
                    end.shutdown(socket.SHUT_RDWR)  # closing alone waits for whoever still reads from it

        def accept() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                server = socket.create_connection(("127.0.0.1", port))
                threading.Thread(target=_quietly, args=(carry, client, server, float("inf")), daemon=True).start()
                threading.Thread(target=_quietly, args=(carry, server, client, limit), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield int(listener.getsockname()[1])


def _quietly(action: Callable[..., None], *arguments: object) -> None:
    try:
        action(*arguments)
    except OSError:
        return


def two_runs_at_once(scene: Scene) -> Sequence[str]:
    """Start a run while another is going on."""
    scene.home.lock.unlink(missing_ok=True)
    with started(scene.home, "run") as going_on:
        while not (scene.home.lock.exists() and scene.home.lock.read_text(encoding="utf-8")):
            time.sleep(0.05)
        said = refused(scene.home, "run")
    assert going_on.returncode == 0
    return (said,)


def clock_jumped(days: int) -> Fault:
    """A clock that jumps while a delivery is received, a decision taken and a run published."""

    def happen(scene: Scene) -> Sequence[str]:
        def done(*arguments: str | Path) -> None:
            command = [sys.executable, "-c", AT_ANOTHER_TIME, str(days), *map(str, arguments)]
            spoken = subprocess.run(command, env=variables(scene.home), capture_output=True, text=True, check=False)
            assert spoken.returncode == 0, spoken.stdout + spoken.stderr

        first, run = current_deliveries(scene.home)["ecoloweb"], answers(scene.home)
        decide(scene.home)
        done("import", "ecoloweb", scene.second)
        assert current_deliveries(scene.home)["ecoloweb"] != first
        done("run")
        assert answers(scene.home)[0] > run[0]
        return ()

    return Fault(f"horloge qui saute de {days:+d} jours", happen, None, is_published=True)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\u202f%".replace(".", ",")


def kills(count: int, seed: int) -> list[Fault]:
    """Runs killed at instants drawn in equal slices of their work."""
    drawn = random.Random(seed)  # noqa: S311 - drawn again the same
    return [run_killed((rank + drawn.random()) / count) for rank in range(count)]


IMPORT_KILLS = [import_killed(share) for share in (0.2, 0.5, 0.7, 0.85)]
OTHERS = [
    disk_filled("run", room=8),
    disk_filled("run", room=50),
    disk_filled("import", "ecoloweb", "SECOND", room=0),
    writing_forbidden("run", folder="build"),
    writing_forbidden("run", folder="published"),
    writing_forbidden("import", "ecoloweb", "SECOND", folder="landing/ecoloweb"),
    Fault("fichier posé corrompu", landing_corrupted, "ne correspond plus à son empreinte"),
    Fault("pointeur cassé", pointer_broken, "1 défaut"),
    Fault("PostgreSQL coupé au milieu de l'envoi", database_cut, CUT),
    Fault("API du SIAP coupée au milieu d'une réponse", api_cut, CUT),
    Fault("deux « parc run » à la fois", two_runs_at_once, BUSY),
    clock_jumped(-400),
    clock_jumped(+400),
]
