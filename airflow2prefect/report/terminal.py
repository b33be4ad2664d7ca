"""The report in a terminal: a summary that fits a screen, tables of XComs and retries, each DAG with -v.

Nothing moves and nothing is coloured where nobody looks: on a pipe, or with NO_COLOR.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from airflow2prefect.findings import Finding, Level
from airflow2prefect.inventory import OUTCOMES, DagFacts, FileFacts, TaskFacts, XCom
from airflow2prefect.report.totals import MET, NEEDS, RESUMES, Totals, general, in_order

STYLES = {Level.ERROR: "bold red", Level.GAP: "red", Level.CHECK: "yellow", Level.NOTE: "dim"}
TONES = {"as it is": "green", "with changes": "yellow", "with gaps": "red", "not at all": "bold red"}
NARROWEST = 60
WIDEST = 22  # columns of a cell that gives no way
ROWS, MOST = 4, 7  # of a table in the summary, of that of findings


def console_for(stream: TextIO) -> Console:
    """A console that is at least 60 columns wide."""
    console = Console(file=stream, highlight=False, emoji=False)
    if console.width < NARROWEST:
        console = Console(file=stream, highlight=False, emoji=False, width=NARROWEST)
    return console


def show(files: Iterable[FileFacts], totals: Totals, stream: TextIO = sys.stdout, *, verbose: bool = False) -> None:
    """Print the report; `totals` is filled on the way."""
    console = console_for(stream)
    for file in files:
        totals.add(file)
        if verbose:
            _file(console, file)
    console.print(_heading(totals))
    for part in _summary(totals, console.width, console.encoding.startswith("utf")):
        console.print(part)
    if not verbose and totals.dags:
        console.print(Text("-v: each DAG; --format html -o report.html: pictures", style="dim"))


# ---------------------------------------------------------------------------------------------- the summary


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _heading(totals: Totals) -> Text:
    parts = [count(totals.files, "file"), count(totals.dags, "DAG"), count(totals.tasks, "task"), count(totals.edges, "edge")]
    parts += [f"{totals.without} without a DAG"] if totals.without else []
    parts += [f"{totals.lost} not read"] if totals.lost else []
    return Text(", ".join(parts), style="bold")


def _summary(totals: Totals, width: int, wide: bool) -> Iterable[RenderableType]:
    if totals.dags:
        yield _titled("DAGs by what convert makes of them", Group(_outcomes(totals, width, wide), _flows(totals, width)))
        left, right = _kinds(totals, width), _operators(totals, width)
        if width >= 100:
            yield Columns([_titled("Tasks by what they do", left), _titled("Operators", right)], padding=(0, 4))
        else:
            yield _titled("Tasks by what they do", left)
            yield _titled("Operators", right)
    if totals.xcoms:
        yield _titled("XComs: " + counted(totals.xcoms), _xcoms(totals, width))
    if totals.codes:
        yield _titled("Findings", _codes(totals, width))
    needs = _needs(totals, width)
    if needs.row_count:
        yield _titled("The flows need", needs)


def _titled(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(f"\n{title}", style="bold"), Padding(body, (0, 0, 0, 2), expand=False))


Cell = Text | str


def _table(width: int, columns: tuple[str, ...], rows: list[tuple[Cell, ...]], right: tuple[str, ...] = (), *, fold: bool = False) -> Table:
    """A table within `width` columns; its last column gives way where there is no room, by folding or by an ellipsis."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False, show_header=any(columns))
    room = width - 2
    for place, name in enumerate(columns):
        last = place == len(columns) - 1
        longest = max([len(name), *(len(row[place]) for row in rows)])
        size = max(8, min(longest, room)) if last else min(longest, WIDEST)
        room -= size + 2
        table.add_column(
            name,
            justify="right" if name in right else "left",
            no_wrap=not (last and fold),
            overflow="fold" if last and fold else "ellipsis",
            min_width=None if last else size,
            max_width=size,
        )
    for row in rows:
        table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
    return table


def _outcomes(totals: Totals, width: int, wide: bool) -> Table:
    room = min(40, width - 34)
    mark = "█" if wide else "#"
    rows: list[tuple[Cell, ...]] = []
    for name in OUTCOMES:
        number = totals.outcomes[name]
        if number:
            rows.append(
                (name, Text(f"{number:,}", justify="right"), Text(mark * max(1, round(room * number / totals.dags)), style=TONES[name]))
            )
    return _table(width, ("", "", ""), rows)


def _flows(totals: Totals, width: int) -> Table:
    """How they call their tasks, and what becomes of tasks where a run resumes."""
    rows: list[tuple[Cell, ...]] = [("flows by", counted(totals.shapes)), ("with", counted(totals.parts)), ("resuming", resumed(totals))]
    return _table(width, ("", ""), [row for row in rows if row[1]], fold=True)


def counted(counts: Counter[str]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.most_common())


def resumed(totals: Totals) -> str:
    """What becomes of the tasks that succeeded, where a run resumes."""
    kept = totals.resume[RESUMES]
    rest = [f"{number:,} {_plural(why)}" for why, number in totals.resume.most_common() if why != RESUMES]
    return f"{kept:,} of {count(totals.tasks, 'task')} are not run again" + (f"; {', '.join(rest)}" if rest else "")


def _plural(why: str) -> str:
    verb, _, rest = why.partition(" ")
    return f"{'have' if verb == 'has' else verb.removesuffix('s')} {rest}".rstrip()


def _kinds(totals: Totals, width: int) -> Table:
    columns = ("kind", "tasks", "no retries", "no timeout", "convert adds")
    rows: list[tuple[Cell, ...]] = []
    for kind, total in totals.kind_rows():
        style = "yellow" if kind in ("network", "database") and total.bare else ""
        rows.append((kind, f"{total.tasks:,}", Text(f"{total.bare:,}", style=style), f"{total.unlimited:,}", f"{total.added:,}"))
    return _table(width, columns, rows, columns[1:])


def _operators(totals: Totals, width: int) -> Table:
    found = sorted(totals.operators.items(), key=lambda row: (-row[1], row[0]))
    bridged = any(totals.bridged.values())
    rows: list[tuple[Cell, ...]] = []
    for name, number in found[:ROWS]:
        lost = totals.unconverted[name]
        rows.append((name, *_uses(number, lost, totals.bridged[name], bridged)))
    rest = found[ROWS:]
    if rest:
        lost, there = (sum(counts[name] for name, _ in rest) for counts in (totals.unconverted, totals.bridged))
        rows.append((Text(f"{len(rest)} more", style="dim"), *_uses(sum(n for _, n in rest), lost, there, bridged)))
    columns = ("tasks", "converted", *(("bridged",) if bridged else ()), "raise")
    return _table(width, ("operator", *columns), rows, columns)


def _uses(number: int, lost: int, there: int, bridged: bool) -> tuple[Cell, ...]:
    """Cells of an operator: its tasks, and what becomes of them."""
    done = number - lost - there
    made = [f"{done:,}" if done else ""]
    made += [f"{there:,}" if there else ""] if bridged else []
    return (f"{number:,}", *made, Text(f"{lost:,}" if lost else "", style="red"))


def _xcoms(totals: Totals, width: int) -> RenderableType:
    if not totals.gaps:
        return Text("every pull meets its push", style="green")
    rows: list[tuple[Cell, ...]] = [
        (
            _tail(f"{path}:{xcom.pull_line or xcom.push_line}", WIDEST),
            xcom.status,
            f"{xcom.producer or '?'} -> {xcom.consumer or 'nobody'}: {xcom.key or '?'}",
        )
        for path, _, xcom in totals.gaps[:ROWS]
    ]
    if len(totals.gaps) > ROWS:
        rows.append((Text(f"{len(totals.gaps) - ROWS} more", style="dim"), "", ""))
    return _table(width, ("where", "status", "XCom"), rows)


def _tail(path: str, room: int) -> str:
    """The end of a path, which tells more than its beginning."""
    return path if len(path) <= room else "…" + path[1 - room :]


def _xcom_cells(xcom: XCom) -> tuple[Text, Text, Text]:
    return Text(xcom.producer or "?"), Text(xcom.key or "?"), Text(xcom.consumer or "nobody", style="" if xcom.consumer else "dim")


def _codes(totals: Totals, width: int) -> Table:
    found = totals.code_rows()
    rows: list[tuple[Cell, ...]] = [
        (code, Text(level.name, style=STYLES[level]), f"{number:,}", general(code)) for code, level, number in found[:MOST]
    ]
    rest = found[MOST:]
    if rest:
        rows.append((Text(f"{len(rest)} more", style="dim"), "", f"{sum(n for _, _, n in rest):,}", ""))
    return _table(width, ("code", "level", "times", "what"), rows, ("times",))


def _needs(totals: Totals, width: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name in NEEDS:
        if name == "helpers":  # they are written beside the flows
            continue
        found = totals.needs.get(name)
        if found:
            rows.append((name, f"{len(found):,}", Text(", ".join(sorted(found)), style="dim")))
    links = totals.link_rows()
    for kind in dict.fromkeys(kind for kind, *_ in links):
        targets = [target if known or kind == "reads" else f"{target} (not here)" for k, target, _, known in links if k == kind]
        rows.append((kind, f"{len(targets):,}", Text(", ".join(targets), style="dim")))
    return _table(width, ("", "", ""), rows)


# ---------------------------------------------------------------------------------------------- one by one


def _file(console: Console, file: FileFacts) -> None:
    for dag in file.dags:
        _dag(console, file, dag)
    shown = {found for dag in file.dags for found in file.findings_of(dag)}
    rest = [found for found in in_order(file.findings) if found not in shown]
    if rest:
        console.print(Text(file.path, style="bold"))
        _findings(console, tuple(rest))


def _dag(console: Console, file: FileFacts, dag: DagFacts) -> None:
    width = console.width
    result = dag.converts
    title = Text.assemble((dag.dag_id, "bold"), f"  {file.path}:{dag.line}  ", (f"converts {result}", TONES[result]))
    console.print(title)
    facts = [f"schedule {dag.schedule}", f"catchup {'on' if dag.catchup else 'off'}", count(len(dag.tasks), "task"), *shape_facts(dag)]
    console.print(Text("  " + ", ".join(fact for fact in facts if fact), style="dim"))
    console.print(Padding(_tasks(dag, console.width), (0, 0, 0, 2), expand=False))
    if dag.xcoms:
        rows: list[tuple[Cell, ...]] = []
        for xcom in dag.xcoms:
            told = xcom.status + (f": {xcom.value}" if xcom.value else "")
            rows.append((*_xcom_cells(xcom), Text(told, style="" if xcom.status in MET else "yellow")))
        console.print(Padding(_table(width, ("XCom from", "key", "to", "status"), rows), (0, 0, 0, 2), expand=False))
    _findings(console, file.findings_of(dag))


def shape_facts(dag: DagFacts) -> tuple[str, ...]:
    return (f"{dag.shape} with {', '.join(dag.parts)}" if dag.parts else dag.shape,)


def _findings(console: Console, findings: tuple[Finding, ...]) -> None:
    width = console.width
    rows: list[tuple[Cell, ...]] = []
    for found in in_order(findings):
        task = f"[{found.task}] " if found.task else ""
        place = str(found.line) if found.line else ""
        rows.append(
            (
                place,
                found.code,
                Text(found.level.name, style=STYLES[found.level]),
                Text.assemble(f"{task}{found.message}. ", (found.advice, "dim")),
            )
        )
    if rows:
        console.print(Padding(_table(width, ("line", "code", "level", "finding"), rows, ("line",), fold=True), (0, 0, 0, 2), expand=False))
    console.print()


def _tasks(dag: DagFacts, width: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for task in dag.tasks:
        operator = Text(task.operator, style="" if task.converted else "red")
        rows.append((task.task_id, str(task.line), operator, task.kind, retries_text(task), _timeout(task)))
    return _table(width, ("task", "line", "operator", "does", "retries", "timeout"), rows, ("line",))


def retries_text(task: TaskFacts) -> str:
    """`3 after 300 s`, `0 +2` where convert adds two."""
    if task.retries is None:
        return "run time"
    if not task.retries:
        return f"0 +{task.added}" if task.added else "0"
    delay = "?" if task.retry_delay is None else f"{task.retry_delay:g}"
    return f"{task.retries} after {delay} s{' doubling' if task.backoff else ''}"


def _timeout(task: TaskFacts) -> str:
    return "run time" if task.timeout is None else f"{task.timeout:g} s" if task.timeout else ""
