"""`parc dashboard` and `parc dagster`: what they start, on which address, with which telemetry."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import yaml

from dagster_project import reception
from dagster_project.commands import interfaces
from dagster_project.instance import open_instance, write_settings
from data_contracts.errors import BadInputError
from data_contracts.layout import Home
from data_contracts.publication import PublishedRun

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what must be refused


def test_the_dashboards_are_served_without_telemetry_nor_browser() -> None:
    command = interfaces.dashboard_command(8501, "127.0.0.1")

    assert command[command.index("--browser.gatherUsageStats") + 1] == "false"
    assert command[command.index("--server.headless") + 1] == "true"
    assert command[command.index("--server.address") + 1] == "127.0.0.1"
    assert Path(command[command.index("run") + 1]).is_file()


def test_dagster_is_served_on_the_address_asked_for() -> None:
    command = interfaces.dagster_command(3000, "127.0.0.1")

    assert command[-4:] == ["--host", "127.0.0.1", "--port", "3000"]
    assert "dagster_project.definitions" in command


def test_a_port_that_is_taken_is_said(parc: PublishedRun) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadInputError, match=r"127\.0\.0\.1:\d+ n'est pas libre"):
            interfaces.dashboard(parc.home, taken.getsockname()[1], "127.0.0.1")


@pytest.mark.parametrize("address", [EVERYWHERE, "::", "192.0.2.1"])
def test_others_than_this_machine_are_served_by_neither_where_nobody_signs_in(parc: PublishedRun, address: str) -> None:
    for serve in (interfaces.dashboard, interfaces.dagster):
        with pytest.raises(BadInputError, match=f"Sur {address}, d'autres postes liraient sans se connecter"):
            serve(parc.home, 8501, address)


def test_an_access_that_is_half_configured_is_refused(parc: PublishedRun, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.published.symlink_to(parc.home.published)
    home.access_rights.write_text("lecteurs: []", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"acces\.yml est là, mais pas .*connexion\.toml"):
        interfaces.dashboard(home, 8501, "127.0.0.1")


def test_readers_sign_in_with_the_provider_that_the_home_names(home: Home) -> None:
    command = interfaces.dashboard_command(8501, EVERYWHERE, home.sign_in)

    assert command[command.index("--secrets.files") + 1] == str(home.sign_in)


def test_dagster_is_told_not_to_report_anything(home: Home) -> None:
    write_settings(home)

    settings = yaml.safe_load((home.dagster / "dagster.yaml").read_text(encoding="utf-8"))
    assert settings["telemetry"] == {"enabled": False}


def test_runs_that_start_alone_wait_for_each_other_and_those_that_died_do_not_keep_their_place_for_ever(home: Home) -> None:
    with open_instance(home) as instance:
        limits = instance.get_concurrency_config().run_queue_config.tag_concurrency_limits

        assert limits == [{"key": next(iter(reception.ALONE)), "limit": 1}]
        assert instance.run_monitoring_enabled
        assert instance.run_monitoring_max_runtime_seconds == 7200


def test_settings_follow_a_home_that_moved(home: Home, tmp_path: Path) -> None:
    write_settings(home)
    moved = home.root.rename(tmp_path / "ailleurs")

    write_settings(Home(moved))

    settings = yaml.safe_load((moved / "dagster" / "dagster.yaml").read_text(encoding="utf-8"))
    assert settings["event_log_storage"]["config"]["base_dir"] == str(moved / "dagster")
