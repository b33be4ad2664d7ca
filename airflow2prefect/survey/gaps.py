"""Findings about XComs that do not meet (45x) and about retries and timeouts (52x)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from airflow2prefect.findings import Finding, finding
from airflow2prefect.inventory import TaskFacts, XCom
from airflow2prefect.model import Dag, Literal, Options, Task
from airflow2prefect.survey import acts
from airflow2prefect.survey.code import Doings
from airflow2prefect.survey.tasks import Tasks, texts

SENT = "sends a message"
REMOTE = ("network", "database")
DOES = {"network": "talks to the network", "database": "talks to a database"}


def listed(names: Iterable[str], most: int = 4) -> str:
    """Some names, and how many more there are."""
    names = list(names)
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


# ---------------------------------------------------------------------------------------------- XComs


def xcom_findings(dag: Dag, xcoms: tuple[XCom, ...], told: frozenset[tuple[int, str]]) -> Iterator[Finding]:
    """`told`: lines and tasks of which convert already says that the XCom cannot be resolved or is pushed by nobody."""
    unread: list[str] = []
    seen: set[tuple[object, ...]] = set()
    for xcom in xcoms:
        for found in _xcom(xcom, told):
            mark = (found.code, found.line, found.facts)
            if mark not in seen:
                seen.add(mark)
                yield found
        if xcom.status == "unread" and xcom.implicit and xcom.key == "return_value" and xcom.producer not in unread:
            unread.append(xcom.producer)
    if unread:
        yield finding("A2P451", dag.span.line, dag.span.column, count=len(unread), tasks=listed(unread))


def _xcom(xcom: XCom, told: frozenset[tuple[int, str]]) -> Iterator[Finding]:
    producer, key = xcom.producer, xcom.key
    if xcom.value and (xcom.status in ("read", "not before") or not xcom.implicit):
        yield finding("A2P453", xcom.push_line, 0, producer, what=xcom.value)
    match xcom.status:
        case "unread" if not xcom.implicit:
            yield finding("A2P450", xcom.push_line, 0, producer, key=key, producer=producer)
        case "not before":
            yield finding("A2P452", xcom.pull_line, 0, xcom.consumer, task_id=xcom.consumer, key=key, producer=producer)
        case "read" if not xcom.certain and key != "*" and not xcom.implicit:
            yield finding("A2P455", xcom.push_line, 0, producer, consumer=xcom.consumer, key=key, producer=producer)
        case "no producer" if (xcom.pull_line, xcom.consumer) not in told and producer:
            yield finding("A2P456", xcom.pull_line, 0, xcom.consumer, consumer=xcom.consumer, key=key, producer=producer)
        case "other DAG" | "earlier run":
            yield finding("A2P457", xcom.pull_line, 0, xcom.consumer, what=xcom.status)


# ---------------------------------------------------------------------------------------------- retries and timeouts


def retry_findings(dag: Dag, facts: tuple[TaskFacts, ...], tasks: Tasks, options: Options) -> Iterator[Finding]:
    by_id = {task.task_id: task for task in dag.tasks}
    line, column = dag.span.line, dag.span.column
    adds = f"convert adds {options.retries}, with backoff and jitter" if options.retries else "the flow has none either, with --retries 0"
    for kind, code in (("network", "A2P520"), ("database", "A2P521")):
        bare = [fact.task_id for fact in facts if fact.kind == kind and fact.retries == 0 and not fact.own_retries]
        if bare:
            zero = by_id[bare[0]].argument("retries") is not None
            yield finding(code, line, column, count=len(bare), tasks=listed(bare), adds="the flow has none either" if zero else adds)
    steady = [f for f in facts if f.kind == "network" and f.retries is not None and f.retries > 1 and not f.backoff and f.retry_delay]
    for delay in dict.fromkeys(f.retry_delay for f in steady):
        same = [f.task_id for f in steady if f.retry_delay == delay]
        yield finding("A2P524", line, column, count=len(same), delay=f"{delay:g}", tasks=listed(same))
    hanging = [fact.task_id for fact in facts if fact.kind in REMOTE and fact.timeout == 0.0]
    if hanging:
        yield finding("A2P526", line, column, count=len(hanging), tasks=listed(hanging))
    for fact in facts:
        yield from _of_task(by_id[fact.task_id], fact, tasks)


def _of_task(task: Task, fact: TaskFacts, tasks: Tasks) -> Iterator[Finding]:
    def told(code: str, at: int = 0, **facts: object) -> Finding:
        return finding(code, at or task.site.line, 0 if at else task.site.column, task.task_id, **facts)

    if fact.own_retries and fact.retries == 0 and fact.kind in REMOTE:
        yield told("A2P522", does=DOES[fact.kind], evidence=fact.evidence)
    if fact.retries and fact.retry_delay == 0.0:
        yield told("A2P523", retries=fact.retries)
    tries = (fact.retries or 0) + fact.added
    if tries:
        yield from _twice(task, fact, tries + 1, tasks, told)
    if fact.kind == "sensor" and task.argument("timeout") is None and not fact.operator.startswith("@"):
        yield told("A2P527")
    if fact.timeout and fact.kind in REMOTE and task.callable is not None:
        yield told("A2P528", timeout=f"{fact.timeout:g}", does=DOES[fact.kind])


def _twice(task: Task, fact: TaskFacts, tries: int, tasks: Tasks, told: Callable[..., Finding]) -> Iterator[Finding]:
    """What a second try would do a second time."""
    name = fact.operator
    sql = [text for argument in ("sql", "hql", "bql", "sql_query", "query") for text in texts(task.argument(argument))]
    around = "\n".join(sql)
    if any(acts.inserts(text, around) for text in sql):
        yield told("A2P525", tries=tries, what="inserts rows")
    elif name.startswith(("Email", "Slack", "Telegram", "DiscordWebhook", "Dingding", "OpsgenieAlert", "SnsPublish", "PagerDuty")):
        yield told("A2P525", tries=tries, what=SENT)
    elif name in ("SimpleHttpOperator", "HttpOperator"):
        method = task.argument("method")
        if method is None or (isinstance(method, Literal) and method.value == "POST"):
            yield told("A2P525", tries=tries, what="makes a POST request")
    elif name == "BashOperator" and any(acts.appends(text) for text in texts(task.argument("bash_command"))):
        yield told("A2P525", tries=tries, what="appends to a file")
    for doings in tasks.doings(task):
        for what, line in _repeated(doings):
            yield told("A2P525", line, tries=tries, what=what)


def _repeated(doings: Doings) -> Iterator[tuple[str, int]]:
    around = "\n".join(text for text, _ in doings.strings)
    yield from (("inserts rows", line) for text, line in doings.strings if acts.inserts(text, around))
    yield from (("appends to what is there", line) for line in doings.appends)
    for act in doings.calls:
        if act.path in ("requests.post", "httpx.post") or (act.path.startswith("requests.Session") and act.path.endswith(".post")):
            yield "makes a POST request", act.line
        elif acts.tells_people(act.path):
            yield SENT, act.line
