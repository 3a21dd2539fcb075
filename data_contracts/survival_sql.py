"""The Kaplan–Meier estimate as SQL: from durations, some of them censored, the share of the files that last longer than each."""

from __future__ import annotations

from collections.abc import Mapping

HALF = "0.5 + 1e-9"
"""Half of the files are left; a product of fractions may miss it by a rounding."""


def survival(lines: str, duration: str, is_censored: str, groups: Mapping[str, str]) -> str:
    """Return the select of the estimate over the rows of `lines`, one row for each group and duration, never one for each day.

    `groups` gives the name and the expression of what files are grouped by. Columns of the result: these names, duree, nb (files of
    this duration), nb_finis (those that ended), nb_exposes (files that lasted as long or longer), reste (share that lasts longer).
    """
    names = ", ".join(groups)
    given = ", ".join(f"{expression} as {name}" for name, expression in groups.items())
    by_duration = (
        f"select {given}, ({duration}) as duree, count(*) as nb, "
        f"count(*) filter (where not ({is_censored})) as nb_finis from {lines} group by all having duree is not null"
    )
    at_risk = (
        f"select *, sum(nb) over (partition by {names} order by duree rows between current row and unbounded following) "
        f"as nb_exposes from ({by_duration})"
    )
    share = f"product(1 - nb_finis / nb_exposes) over (partition by {names} order by duree)"
    return f"select *, {share} as reste from ({at_risk})"
