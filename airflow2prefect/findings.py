"""The one table of findings: permanent codes, levels, facts and advice. Append only; a code never changes its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal


class Level(IntEnum):
    """How much a person has to do. Ordered: `--fail-on gap` means GAP and above."""

    NOTE = 1  # converted, worth knowing
    CHECK = 2  # converted, behaves differently as described
    GAP = 3  # not converted: the task raises
    ERROR = 4  # this file was not converted


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding. `message` and `advice` are filled from the facts of a finding.

    `shows`: "report" for what is true of the DAG file and no conversion changes; `convert` does not speak of it.
    """

    code: str
    level: Level
    message: str
    advice: str
    shows: Literal["both", "report"] = "both"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A rule met at a place of a file: `line` and `column` count from 1, 0 means the file as a whole."""

    line: int
    column: int
    code: str
    facts: tuple[tuple[str, str], ...] = ()
    task: str = ""

    @property
    def rule(self) -> Rule:
        return RULES[self.code]

    @property
    def level(self) -> Level:
        return self.rule.level

    @property
    def message(self) -> str:
        return self.rule.message.format_map(dict(self.facts))

    @property
    def advice(self) -> str:
        text = self.rule.advice
        for name, value in self.facts:
            text = text.replace("{" + name + "}", value)
        return text


def finding(code: str, line: int = 0, column: int = 0, task: str = "", **facts: object) -> Finding:
    """A finding; raises KeyError for a code or a fact that the table does not know."""
    found = Finding(line, column, code, tuple((name, str(value)) for name, value in facts.items()), task)
    found.message  # noqa: B018  a missing fact must show here, not in the report
    return found


_TABLE = (
    # 1xx: file and DAG
    Rule("A2P101", Level.NOTE, "no DAG in this file", "Nothing to do; the file is left alone."),
    Rule("A2P102", Level.ERROR, "syntax error: {error}", "Mend the file so that Python 3 can read it, then convert again."),
    Rule(
        "A2P103",
        Level.ERROR,
        "Python 2 source: {error}",
        "Run `2to3 -w` or `python-modernize` on the file first; Prefect needs Python 3.10 or newer.",
    ),
    Rule("A2P104", Level.ERROR, "cannot read the file: {error}", "Check that it is a text file in the encoding that it declares."),
    Rule("A2P105", Level.ERROR, "nested too deeply to be read", "Split the nested expression or block into smaller ones."),
    Rule(
        "A2P110",
        Level.CHECK,
        "the dag_id is only known at run time: {what}",
        "The flow is named after the expression; give it the name that you want.",
    ),
    Rule(
        "A2P111",
        Level.GAP,
        "default_args are only known at run time: {what}",
        "Write them as a dict in this file, or set the options of the tasks by hand.",
    ),
    Rule(
        "A2P112",
        Level.ERROR,
        "the file makes more tasks or runs longer than can be followed",
        "Split the file, or make the loop's range smaller and convert again.",
    ),
    Rule(
        "A2P113",
        Level.CHECK,
        "Airflow 1.10 does not load {dag_id}: no variable of the module holds it in the end",
        "It is converted all the same; delete the flow and its deployment if it never ran.",
    ),
    Rule(
        "A2P114",
        Level.CHECK,
        "the flow imports {what} from the folder of the DAGs",
        "Copy what it imports beside the flow, or put that folder on PYTHONPATH.",
    ),
    Rule(
        "A2P115",
        Level.GAP,
        "a statement uses what went with the DAG, and was left out: {what}",
        "See whether the flow needs it, and write it in by hand.",
    ),
    Rule(
        "A2P120",
        Level.CHECK,
        "{decorator} runs the function by another Python, the flow in its own: {what}",
        "Install these packages where the flow runs; the function's own imports then find them.",
    ),
    Rule(
        "A2P130",
        Level.CHECK,
        "the module {module} cannot be read: {why}",
        "What the DAG file takes from it is not known: tasks that need that are told of. Copy the module beside the flow.",
    ),
    Rule(
        "A2P131",
        Level.NOTE,
        "in {module}, line {at}: {what}",
        "The copy of the module beside the flows has it; `airflow2prefect explain` tells more of the code in the message.",
    ),
    Rule(
        "A2P132",
        Level.CHECK,
        "in {module}, line {at}: {what}",
        "The copy of the module beside the flows has it; `airflow2prefect explain` tells more of the code in the message.",
    ),
    Rule(
        "A2P133",
        Level.GAP,
        "in {module}, line {at}: {what}",
        "Change the copy of the module beside the flows; `airflow2prefect explain` tells more of the code in the message.",
    ),
    Rule(
        "A2P134",
        Level.GAP,
        "{module} has to be changed in one way for this flow and in another for {other}",
        "This flow keeps to what {other} needs of it. Give the callable that both use parameters in place of the context, or two functions.",
    ),
    Rule(
        "A2P135",
        Level.CHECK,
        "{module} opens files by their place",
        "Its copy stands beside the flows: copy the files that it reads as well, or give their full paths.",
    ),
    Rule(
        "A2P136",
        Level.CHECK,
        "the flow imports {module}, which is a DAG file and becomes a flow itself: {names} is not in that flow",
        "Put what both use into a module of its own.",
    ),
    Rule(
        "A2P137",
        Level.NOTE,
        "the param {name} has no default: each run of the flow must be given it",
        "Give it where runs are started: `prefect deployment run -p`, or `parameters` of a schedule in prefect.yaml.",
    ),
    Rule(
        "A2P121",
        Level.GAP,
        "a task that is mapped over values (`.expand`) is not converted",
        "The task raises; call `.map` of Prefect's task by hand, with `unmapped` around what `.partial` fixed.",
    ),
    Rule(
        "A2P122",
        Level.NOTE,
        "{decorator} function {name} is never called: Airflow makes nothing of it",
        "It was left out; call it in the DAG file and convert again if it should run.",
    ),
    Rule(
        "A2P123",
        Level.CHECK,
        "the DAG runs when all of these datasets were updated: {what}",
        "The deployment has no schedule: emit an event where they are updated (`emit_event`), and give the deployment `triggers:` for these events.",
    ),
    Rule(
        "A2P116",
        Level.CHECK,
        "a loop over {what} makes DAGs, and only the run knows which; one flow takes {names} as parameters",
        "Deploy it for each that you want, with its name, its parameters and its schedule.",
    ),
    Rule(
        "A2P124",
        Level.CHECK,
        "the flow does not check what Param says of {name}: {what}",
        "Give the flow's parameter a type that checks it, such as `Annotated[int, Field(ge=1)]`.",
    ),
    Rule(
        "A2P125",
        Level.GAP,
        "the param {name} has no default that can stand in the flow, and was left out",
        "Make it a parameter of the flow by hand; tasks that read it raise.",
    ),
    Rule(
        "A2P126",
        Level.NOTE,
        "{operator} derives from EmptyOperator: Airflow 2 never calls its own execute, and neither does the flow",
        "Derive it from BaseOperator in the DAG file and convert again, if execute should run.",
    ),
    Rule(
        "A2P127",
        Level.CHECK,
        "the class {name} says itself what Airflow renders: {what}",
        "The task renders what {base} renders; see whether that is the same here.",
    ),
    Rule(
        "A2P128",
        Level.GAP,
        "the class {operator} builds on what {base} does, which a plain class does not have",
        "The task raises; write what the class adds into a function, and call it before or after the task.",
    ),
    Rule(
        "A2P129",
        Level.GAP,
        "the callable is a function of Airflow's own package: {what}",
        "The task raises; copy the function into a module of your own, and call that.",
    ),
    # 2xx: operators and arguments
    Rule("A2P201", Level.GAP, "{operator} is not converted", "The task raises; write its body by hand, or keep it in Airflow for now."),
    Rule(
        "A2P202",
        Level.CHECK,
        "{operator}({argument}=...) has no equivalent",
        "The argument was left out: see whether the task depends on it.",
    ),
    Rule("A2P203", Level.GAP, "the operator has no {argument}", "Airflow refuses this task as well; complete it."),
    Rule(
        "A2P206",
        Level.GAP,
        "{argument} cannot stand in the flow: {what}",
        "The task raises; compute the value inside the task or pass it as a parameter.",
    ),
    Rule(
        "A2P207",
        Level.CHECK,
        "the template file {file} is read when the task runs",
        "Keep it beside the flow as it stands beside the DAG file; it knows dates and params, other names in it raise.",
    ),
    Rule("A2P204", Level.GAP, "arguments only known at run time: {what}", "Write the arguments out, so that they can be converted."),
    Rule("A2P205", Level.GAP, "the task_id {task_id!r} is used twice", "Airflow keeps one of the two; give the other an id of its own."),
    Rule(
        "A2P208",
        Level.NOTE,
        "{operator} waits for something that can tell of itself: {what}",
        "The task asks again and again, as in Airflow. To start on the event instead, give the deployment a trigger: "
        "https://docs.prefect.io/v3/how-to-guides/automations/creating-deployment-triggers",
    ),
    Rule(
        "A2P209",
        Level.NOTE,
        "{operator} frees its worker while it waits; the task does not",
        "A waiting task holds one thread of its flow run: give the flow a task runner with more threads if many wait.",
    ),
    Rule(
        "A2P210",
        Level.GAP,
        "{operator}({argument}={what}) is not converted",
        "The task raises; write its body by hand, or give the argument another value.",
    ),
    Rule(
        "A2P211",
        Level.CHECK,
        "{operator} looks below the folder of the connection {connection}",
        "The path is taken to begin at /, as the connection does where nobody has changed it.",
    ),
    Rule(
        "A2P212",
        Level.GAP,
        "the class {operator} cannot do without Airflow: {what}",
        "Its tasks raise; make it a plain class by hand, and call its method in a task.",
    ),
    # 22x: operators of databases, services, clouds
    Rule(
        "A2P220",
        Level.GAP,
        "{operator}({argument}=...) changes what the task does and cannot be carried over",
        "The task raises; write its body by hand.",
    ),
    Rule(
        "A2P221",
        Level.NOTE,
        "the task loads the Prefect block {block}",
        "Make it in Prefect under that name, with what Airflow's connection holds: https://docs.prefect.io/v3/how-to-guides/configuration/store-secrets",
    ),
    Rule(
        "A2P222",
        Level.NOTE,
        "a command that ends with exit code 99 fails its task; Airflow 2 skips it",
        "Where a script means to skip by it, say skip_on_exit_code=99 in the DAG file and convert again: then the flow does so as well.",
    ),
    Rule(
        "A2P223",
        Level.CHECK,
        "{operator} starts a run of the flow {flow}",
        "Deploy that flow under the same name, as its own prefect.yaml does: without it the task fails. Conf and logical_date reach it if it has these parameters.",
    ),
    Rule(
        "A2P224",
        Level.CHECK,
        "{operator} waits for a run of the flow {flow}, by its logical_date",
        "It asks the Prefect server: runs that are still in Airflow are not seen, and the flow must have that name. To start on the event instead: "
        "https://docs.prefect.io/v3/how-to-guides/automations/creating-deployment-triggers",
    ),
    Rule(
        "A2P225",
        Level.CHECK,
        "clearing the task does not clear what waits for it in {flow}",
        "Run that flow again for the same logical_date by hand.",
    ),
    Rule(
        "A2P230",
        Level.NOTE,
        "Airflow 1.10 does not verify certificates of servers, and neither does the task",
        "Use HttpHook instead of Airflow1HttpHook, which verifies them, where the servers have valid ones.",
    ),
    Rule(
        "A2P231",
        Level.GAP,
        "{argument} is computed, and Airflow renders the template in it: {what}",
        "The task raises; write the value as a string or f-string, so that the template can be read.",
    ),
    Rule(
        "A2P232",
        Level.CHECK,
        "Airflow has the mail's server and sender in airflow.cfg, [smtp], or in its connection",
        "Put smtp_mail_from into the Prefect Variable of that name, and the server into the block.",
    ),
    Rule(
        "A2P233",
        Level.GAP,
        "{what} makes tasks, in a module that is not here to be read",
        "Convert the folder that has the module as a whole, or write the tasks into the DAG file: what it makes of Airflow fails in a flow.",
    ),
    Rule(
        "A2P250",
        Level.CHECK,
        "{operator} is bridged: it runs in Airflow, in an environment that AIRFLOW_PYTHON names",
        "Keep that environment until the task is written anew; its connections are AIRFLOW_CONN_... there.",
    ),
    Rule(
        "A2P251",
        Level.GAP,
        "{operator} is not bridged: {argument} is {what}, which cannot go to another process",
        "Write the task's body by hand, or move what is passed into the operator's own module.",
    ),
    Rule(
        "A2P252",
        Level.CHECK,
        "which fields Airflow renders of {operator} is not known; {argument} is rendered",
        "If {argument} is none of its template_fields, escape the braces in the flow.",
    ),
    Rule(
        "A2P253",
        Level.CHECK,
        "templates in the code of the class {operator} are rendered when the task runs",
        "They know dates and params; other names in them raise.",
    ),
    # 3xx: order, branches, rules, loops
    Rule(
        "A2P270",
        Level.CHECK,
        "Airflow reaches this database through a Cloud SQL proxy that it starts itself",
        "Let the block's URL be one that reaches the database: its address, or a proxy that runs beside the flow.",
    ),
    Rule(
        "A2P290",
        Level.GAP,
        "it takes XComs of tasks whose names only the run knows: {names}",
        "The task raises; write its call in the flow by hand, with xcom(NAME) for what it takes.",
    ),
    Rule(
        "A2P291",
        Level.NOTE,
        "only the run knows the tasks of this DAG: {what}",
        "The code that makes them stays, in the flow; see that it reads what it read when Airflow loaded the DAG.",
    ),
    Rule(
        "A2P292",
        Level.GAP,
        "the code that makes the tasks of this DAG needs what went with Airflow: {what}",
        "The flow raises; give these names a value in the flow, and take the raise out.",
    ),
    Rule(
        "A2P293",
        Level.CHECK,
        "the code reads Airflow's configuration; the flow has it from the environment only",
        "Set AIRFLOW__SECTION__KEY (AIRFLOW__CORE__DAGS_FOLDER, ...) where the flow runs for each setting that it reads.",
    ),
    Rule(
        "A2P301",
        Level.GAP,
        "an order between tasks that is only known at run time: {what}",
        "Add the missing wait_for to the flow by hand.",
    ),
    Rule(
        "A2P303",
        Level.ERROR,
        "a loop over {what} whose passes depend on one another and are only known at run time",
        "Write the loop's items out as a list, or chain the tasks by hand.",
    ),
    Rule(
        "A2P302",
        Level.CHECK,
        "tasks made under a condition that is only known at run time: {what}",
        "The flow has the tasks of all branches; put them under an `if`.",
    ),
    Rule(
        "A2P304",
        Level.GAP,
        "a task made under a condition that is only known at run time: {what}",
        "The task raises; put its call in the flow under an `if`, or delete it.",
    ),
    Rule(
        "A2P305",
        Level.NOTE,
        "code that makes tasks did not run when Airflow loaded the DAG; in the flow it raises",
        "Nothing to do, unless what its condition or loop asks is to change.",
    ),
    Rule(
        "A2P306",
        Level.GAP,
        "a loop over what only the run knows gives its variable another value: {what}",
        "The tasks in it raise; give the new value a name of its own.",
    ),
    Rule(
        "A2P320",
        Level.GAP,
        "the sub-DAG is made where it cannot be read",
        "The task raises; put the function that makes the sub-DAG beside the DAG, or call the flow of the sub-DAG in the task.",
    ),
    Rule(
        "A2P321",
        Level.CHECK,
        "a task of a sub-DAG runs by the rule {rule}, also if what is before the sub-DAG failed",
        "In Airflow the sub-DAG does not start then; look in the task at whether there is anything to do.",
    ),
    Rule(
        "A2P323",
        Level.CHECK,
        "propagate_skipped_state: the sub-DAG's own task is skipped with its last tasks",
        "In Airflow it succeeds, and what comes right after it is skipped whatever its rule: look at tasks there whose rule is not all_success.",
    ),
    Rule(
        "A2P324",
        Level.CHECK,
        "the subflow {group} starts when all that it waits for has ended, and the flow goes on when it has",
        "What stands below its call does not run beside it, and sensors of other flows do not find its tasks. Without --subflows it is a function, "
        "whose tasks run as soon as they can.",
    ),
    Rule(
        "A2P325",
        Level.NOTE,
        "{group} is a function and no subflow: {why}",
        "A subflow starts and ends as a whole, so its tasks would go another way than in Airflow.",
    ),
    Rule(
        "A2P326",
        Level.CHECK,
        "the deployment starts when these datasets were updated: {what}",
        "Its trigger in prefect.yaml waits for events that tasks with these outlets emit in flows: what still runs in Airflow emits none, "
        "and neither does code that updates them by other ways. Several updates before the others came count as one, as in Airflow.",
    ),
    Rule(
        "A2P327",
        Level.NOTE,
        "what this task chooses is computed: its call takes the tasks right after it",
        "On the id of any other task Airflow skips what is right after it, and the flow's task fails: add such ids to `choices`.",
    ),
    Rule(
        "A2P340",
        Level.GAP,
        "which run is the latest is only known with the schedule, and that only when the file runs",
        "The task raises; give the DAG a schedule that is written out, and convert again.",
    ),
    Rule(
        "A2P322",
        Level.GAP,
        "the callable {name} does not take what it is called with: {what}",
        "Airflow fails this task as well; mend op_args, op_kwargs or the callable's parameters.",
    ),
    Rule(
        "A2P335",
        Level.NOTE,
        "the tasks run on a {runner}, of the package {package}",
        "What tasks take and return is pickled, modules beside the flow must be importable where tasks run, and results that are "
        "kept need storage that all share. The runner takes the size of its pool, or the address of the cluster.",
    ),
    # 43x-45x: Jinja templates
    Rule(
        "A2P430",
        Level.GAP,
        "the template uses {name!r}, which Airflow's context and user_defined_macros do not have",
        "Airflow renders it as nothing. Remove it, or add it to user_defined_macros, then convert again.",
    ),
    Rule(
        "A2P431",
        Level.GAP,
        "the template reads a connection: {name}",
        "Make a Prefect block with its settings and load it in the task: `Secret.load(...)` for passwords.",
    ),
    Rule("A2P432", Level.GAP, "the template reads airflow.cfg: {name}", "Write the value into the flow, or keep it in a Prefect Variable."),
    Rule(
        "A2P433",
        Level.GAP,
        "the template uses an object of Airflow's own: {name}",
        "Say in the flow what is meant; prefect.runtime has the run's name, id, tags and counts.",
    ),
    Rule(
        "A2P434",
        Level.GAP,
        "Jinja cannot read the template: {error}",
        "Airflow fails on it as well. Mend it (`{% raw %}...{% endraw %}` around text that looks like Jinja), then convert again.",
    ),
    Rule(
        "A2P435",
        Level.NOTE,
        "the template takes an item that may be missing: {name}",
        "Jinja prints nothing then; the flow raises. Use `.get(...)` if it may be missing.",
    ),
    Rule(
        "A2P436",
        Level.CHECK,
        "the template passes a date to {name}",
        "It gets a datetime in UTC, not a pendulum date: use only what datetime has.",
    ),
    Rule(
        "A2P437",
        Level.GAP,
        "the template uses the {what} {name!r}, which neither Jinja nor the DAG has",
        "Add it to user_defined_filters, or write the value out, then convert again.",
    ),
    Rule(
        "A2P438",
        Level.GAP,
        "the template pulls an XCom that cannot be resolved: {name}",
        "Name the task and the key as literals, of a task of this DAG and this run.",
    ),
    Rule("A2P439", Level.GAP, "the template uses {name}, which a flow does not have", "Compute the value in a task and pass it on."),
    Rule(
        "A2P440",
        Level.NOTE,
        "the template is rendered by Jinja at run time",
        "Write an f-string by hand if you do not want the dependency on airflow_templates.py.",
    ),
    Rule(
        "A2P441",
        Level.GAP,
        "the callable uses {what}, which the code sets that makes the tasks: that code is in the flow",
        "The task raises; set the value before the DAG, or pass it to the callable in op_kwargs.",
    ),
    # 42x: Airflow inside callables
    Rule(
        "A2P420",
        Level.GAP,
        "the callable uses {what}, which a flow does not have",
        "The task raises; replace it by Prefect's counterpart (a block, a Variable, a client library).",
    ),
    Rule(
        "A2P421",
        Level.GAP,
        "module-level code uses Airflow and was left out: {what}",
        "What needs it raises; compute the value in a task or read it from a Prefect Variable.",
    ),
    Rule(
        "A2P422",
        Level.CHECK,
        "Airflow's context leaves the callable: {what}",
        "It gets a dict with what Airflow's context had of the keys that a flow knows; see what else is asked of it.",
    ),
    Rule(
        "A2P423",
        Level.GAP,
        "an XCom that cannot be resolved: {what}",
        "Name the task and the key as literals, of a task of this DAG that runs before.",
    ),
    Rule("A2P424", Level.CHECK, "an XCom that no task of the DAG pushes: {what}", "It is None, as in Airflow."),
    Rule(
        "A2P425",
        Level.CHECK,
        "{what} is imported and may use Airflow's context",
        "It is called with op_args and op_kwargs only; give it what else it needs.",
    ),
    Rule(
        "A2P426",
        Level.CHECK,
        "an XCom whose task or key the callable computes: {what}",
        "It is looked up among the tasks before; take the parameters instead if you know which it is.",
    ),
    Rule(
        "A2P427",
        Level.GAP,
        "the callable uses {what}, which was left out since it is made with Airflow",
        "The task raises; make the value without Airflow, or pass it as a parameter.",
    ),
    Rule(
        "A2P428",
        Level.CHECK,
        "{what} gets Airflow's context, and what it does with it is not known",
        "It gets what a flow knows of it (dates, params); a task instance, connections and the like are not among that.",
    ),
    Rule(
        "A2P429",
        Level.CHECK,
        "an Airflow Variable is read when the module is imported: {what}",
        "It is a Prefect Variable now, and importing the flow needs Prefect's API; better read it in the task that needs it.",
    ),
    Rule(
        "A2P489",
        Level.NOTE,
        "an Airflow Variable is read when the DAG file is imported, once for every task: {what}",
        "The functions of the flow module that use the value read it, so that importing it needs no API.",
    ),
    # 47x: hooks, connections
    Rule(
        "A2P470",
        Level.NOTE,
        "the callable uses {hook}, which loads the SqlAlchemyConnector block named after its connection",
        "Make the block in Prefect: the connection's id in lowercase, with dashes for all that is no letter or digit.",
    ),
    # 48x: what `config` tells of Airflow's connections, Variables and pools
    Rule(
        "A2P480",
        Level.GAP,
        "{what} would both be the {name} in Prefect",
        "None of them is made: rename one in Airflow and in its DAGs, or make the one that flows need by hand.",
    ),
    Rule(
        "A2P481",
        Level.GAP,
        "{what} is encrypted with Airflow's Fernet key",
        "Export it where Airflow has the key: `airflow connections export`, `airflow variables export`.",
    ),
    Rule(
        "A2P482",
        Level.CHECK,
        "the connection {conn} of type {kind} has no block of its own: it becomes the Secret {name} with its fields",
        'Read it in the flow: `Secret.load("{name}").get()["host"]`; login, password, schema, port and extra are there as well.',
    ),
    Rule(
        "A2P483",
        Level.CHECK,
        "the block of the connection {conn} has no place for {keys} of its extra",
        "See whether the flow depends on it; the other fields are there.",
    ),
    Rule(
        "A2P484", Level.GAP, "the {what} cannot be read: {error}", "Mend it in the export and run this again; the others are not affected."
    ),
    Rule(
        "A2P485",
        Level.CHECK,
        "the name of the Variable {key} says that it is secret, and everybody who sees Prefect sees its Variables",
        "Keep it in a Secret block, and read that in the task.",
    ),
    Rule(
        "A2P486",
        Level.GAP,
        "the Variable {key} is longer than the 5000 characters that Prefect keeps of one",
        "Keep it in a Secret or a file, and read that in the task.",
    ),
    Rule(
        "A2P487",
        Level.CHECK,
        "the pool {name} has {slots} slots: no limit is made for it",
        "Without a limit its tasks run as they come; a pool of no slots runs none in Airflow: pause the deployment instead.",
    ),
    Rule(
        "A2P488",
        Level.NOTE,
        "the name of an Airflow Variable is computed: {what}",
        "It is mapped when the flow runs, as `airflow2prefect config` maps it: to lowercase, with _ for all that is no letter, digit or _.",
    ),
    Rule(
        "A2P471",
        Level.NOTE,
        "the callable uses {hook}, which loads the {block} block named after its connection",
        "Make the block in Prefect: `airflow2prefect config --apply` makes it of Airflow's connection.",
    ),
    # 5xx: retries, caching, schedule, deployment
    Rule(
        "A2P501",
        Level.CHECK,
        "catchup has no equivalent: missed runs are not made up for",
        "Backfill with `prefect deployment run NAME -p logical_date=...`, one run a date.",
    ),
    Rule(
        "A2P502",
        Level.CHECK,
        "{argument} has no equivalent",
        "Runs do not look at the run before; limit the deployment to one run at a time if order matters.",
    ),
    Rule("A2P503", Level.CHECK, "end_date has no equivalent", "Pause or delete the deployment's schedule on that day."),
    Rule("A2P504", Level.CHECK, "sla has no equivalent in the flow", "Make an automation that tells when the flow run takes too long."),
    Rule(
        "A2P505",
        Level.CHECK,
        "Airflow mails when the task fails or retries; the flow does not",
        "Make an automation that mails on failed flow runs.",
    ),
    Rule(
        "A2P506",
        Level.CHECK,
        "a schedule that is only known at run time: {what}",
        "The deployment has no schedule; write it into prefect.yaml.",
    ),
    Rule(
        "A2P507", Level.GAP, "{what} is only known at run time and was left out", "Give the task's or flow's decorator the value by hand."
    ),
    Rule("A2P508", Level.CHECK, "{argument} has no equivalent and was left out", "See whether the task depends on it."),
    Rule(
        "A2P509", Level.NOTE, "{argument} became the tag {tag}", "Create the limit once: `prefect concurrency-limit create {tag} {limit}`."
    ),
    Rule(
        "A2P510",
        Level.CHECK,
        "{argument} of the DAG has no equivalent",
        "The flow submits all that is ready; give the tasks a tag with a concurrency limit if it must be bounded.",
    ),
    Rule("A2P511", Level.CHECK, "@once: the deployment has no schedule", "Start it once: `prefect deployment run`."),
    Rule(
        "A2P512",
        Level.GAP,
        "the callback {what} was left out",
        "Write it as a hook, `def hook(task, task_run, state)`, and give it to the decorator.",
    ),
    Rule(
        "A2P550",
        Level.NOTE,
        "the queue {queue} became the work queue of that name of the pool {pool}",
        'Start a worker for it: `prefect worker start --pool "{pool}" --work-queue "{queue}"`.',
    ),
    Rule("A2P551", Level.NOTE, "executor_config became job variables of the deployment: {names}", "Nothing to do."),
    Rule(
        "A2P552",
        Level.CHECK,
        "executor_config names the image {image}, which has Airflow: the deployment's image is that of --image",
        "Put what its tasks need into the image of the flows.",
    ),
    Rule("A2P541", Level.NOTE, "{retries} retries were added to the tasks of {dag_id} for which it sets none", "`--retries 0` adds none."),
    Rule(
        "A2P542",
        Level.NOTE,
        "results are kept: running the same logical date again resumes at the task that failed",
        "`--cache none` keeps none.",
    ),
    Rule(
        "A2P543",
        Level.NOTE,
        "results are kept by task, inputs and code, whatever the date",
        "`--cache resume` keeps them a date, `--cache none` keeps none.",
    ),
    # 450-469: XCom gaps, told by `report`
    Rule(
        "A2P450",
        Level.NOTE,
        "no task of the DAG reads the XCom {key!r} that {producer} pushes",
        "Leave it out, unless another DAG or a person reads it.",
        "report",
    ),
    Rule(
        "A2P451",
        Level.NOTE,
        "{count} of the DAG's tasks return what no task reads: {tasks}",
        "Airflow stores each as an XCom; return nothing where nobody needs it, and with `--cache resume` there is less to keep.",
        "report",
    ),
    Rule(
        "A2P452",
        Level.CHECK,
        "{task_id} pulls {key!r} of {producer}, which need not have run before it",
        "In Airflow it gets None whenever it is first; add the order {producer} >> {task_id}.",
        "report",
    ),
    Rule(
        "A2P453",
        Level.CHECK,
        "{what} goes through an XCom",
        "Airflow keeps it in its database, meant for 48 KB; a flow passes it in memory. Return a path or a key of a store if it is large.",
        "report",
    ),
    Rule(
        "A2P454",
        Level.CHECK,
        "{what} goes through an XCom and cannot be pickled",
        "Make it in the task that uses it: neither Airflow nor a kept result of Prefect can hold it.",
        "report",
    ),
    Rule(
        "A2P455",
        Level.NOTE,
        "{consumer} reads the XCom {key!r} that {producer} pushes only on some of its ways",
        "It is None otherwise; push it always, or say in the reader what None means.",
        "report",
    ),
    Rule(
        "A2P456",
        Level.CHECK,
        "{consumer} pulls {key!r} of {producer}, which does not push it",
        "It is always None; mend the task_id or the key, or leave the pull out.",
        "report",
    ),
    Rule(
        "A2P457",
        Level.CHECK,
        "an XCom is pulled from outside of the run: {what}",
        "A flow run knows nothing of other runs; write the value to a store, a Prefect Variable or block, and read it from there.",
        "report",
    ),
    # 520-535: retry and timeout gaps, told by `report`
    Rule(
        "A2P520",
        Level.CHECK,
        "{count} of the DAG's tasks that talk to the network have no retries: {tasks}",
        "Set retries and retry_delay in default_args. Else {adds}.",
        "report",
    ),
    Rule(
        "A2P521",
        Level.CHECK,
        "{count} of the DAG's tasks that talk to a database have no retries: {tasks}",
        "Set retries and retry_delay in default_args. Else {adds}.",
        "report",
    ),
    Rule(
        "A2P522",
        Level.CHECK,
        "retries=0 on a task that {does}: {evidence}",
        "One hiccup fails it, and convert keeps it so; raise it unless a second try would do harm.",
        "report",
    ),
    Rule(
        "A2P523",
        Level.CHECK,
        "{retries} retries without a delay",
        "They are over before an outage is; set retry_delay to half a minute or more.",
        "report",
    ),
    Rule(
        "A2P524",
        Level.NOTE,
        "{count} of the DAG's tasks retry over the network after the same {delay} s each time: {tasks}",
        "Set retry_exponential_backoff=True: many tasks that come back at once keep a service down.",
        "report",
    ),
    Rule(
        "A2P525",
        Level.CHECK,
        "a task that is tried {tries} times {what}",
        "A second try may do it twice; make it safe to repeat (upsert, overwrite, a key per run), or set retries=0.",
        "report",
    ),
    Rule(
        "A2P526",
        Level.NOTE,
        "{count} of the DAG's tasks that wait for others' machines have no execution_timeout: {tasks}",
        "A connection that hangs holds the task, and so the run, for ever; set execution_timeout in default_args.",
        "report",
    ),
    Rule(
        "A2P527",
        Level.CHECK,
        "the sensor has no timeout of its own, so it waits for 7 days",
        "Set timeout to when nobody wants the answer any more.",
        "report",
    ),
    Rule(
        "A2P528",
        Level.NOTE,
        "execution_timeout={timeout} s on a task that {does}",
        "Airflow kills the process at that moment; a flow's task in a thread ends when the call that blocks returns. Give the client a timeout as well.",
        "report",
    ),
    Rule(
        "A2P529",
        Level.NOTE,
        "what {task_id} returns cannot be pickled: {what}",
        "It is not kept, so a run that resumes runs this task again.",
        "report",
    ),
    Rule(
        "A2P530",
        Level.CHECK,
        "execution_timeout: Airflow stops the task at that moment, the flow when the call returns that the task waits for",
        "Tasks that run side by side are threads, and Prefect interrupts these between two steps of Python only. "
        "Give clients and queries timeouts of their own, or write the task as `async def`.",
    ),
    # 6xx: habits that hurt in Prefect, told by `report`
    Rule(
        "A2P601",
        Level.CHECK,
        "the task changes a global of the module: {name}",
        "In Airflow no other task sees it, each has a process of its own; tasks of a flow share it, in threads. Return the value and pass it on.",
        "report",
    ),
    Rule(
        "A2P602",
        Level.NOTE,
        "results that may be large are kept as pickles on the machine of the run: {tasks}",
        "Set `result_storage` to a bucket where runs move between machines, or `--cache none`.",
        "report",
    ),
    Rule(
        "A2P603",
        Level.NOTE,
        "the task keeps a processor busy: {what}",
        "Tasks of a flow are threads of one process; use ProcessPoolTaskRunner, or a work pool with a machine of its own, if they should run side by side.",
        "report",
    ),
    Rule(
        "A2P604",
        Level.CHECK,
        "work is done when the file is imported: {what}",
        "Airflow does it at every look at the file, a flow at every start; move it into a task.",
        "report",
    ),
    Rule(
        "A2P605",
        Level.CHECK,
        "a secret seems to be written in the file: {name}",
        "Change the secret and keep it in a Prefect Secret block or the environment.",
        "report",
    ),
    Rule(
        "A2P606",
        Level.CHECK,
        "start_date moves with the clock: {what}",
        "Which runs Airflow makes depends on when it looks at the file; write a fixed date. The flow's schedule needs none.",
        "report",
    ),
    Rule(
        "A2P607",
        Level.CHECK,
        "an operator is run by hand inside a callable: {what}",
        "Nothing watches or retries it by itself; make it a task of its own.",
        "report",
    ),
    Rule(
        "A2P608",
        Level.NOTE,
        "the task swallows every exception",
        "It turns green whatever happens, and is never retried; let the exception out, or name the one that is meant.",
        "report",
    ),
    Rule(
        "A2P609",
        Level.NOTE,
        "the task sleeps: {what}",
        "It holds a worker meanwhile; use a sensor, or retries with a delay.",
        "report",
    ),
    Rule(
        "A2P610",
        Level.NOTE,
        "{argument} has {what}, which no key can be made of",
        "The task's result is never kept, so a run that resumes runs it again; make the object in the task, from what names it.",
        "report",
    ),
    # 9xx: our own failures
    Rule("A2P901", Level.ERROR, "airflow2prefect failed: {error}", "Nothing was written for this file. Please report it with the file."),
)
RULES = {rule.code: rule for rule in _TABLE}
