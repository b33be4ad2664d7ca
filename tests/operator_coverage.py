"""`python -m tests.operator_coverage [--update]`: how many uses of operators in the public DAG files are converted, by class.

Then the operators of Airflow 1.10's own `airflow/operators` that nothing converts, with the reason. `--update` writes the table between the
markers in tests/README.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from airflow2prefect.convert import analyse_text
from airflow2prefect.operators.bridge import known_operators
from airflow2prefect.operators.registry import convert_task, entries
from tests.corpus import public_files
from tests.environments import Unavailable

HIVE = "Hive's metastore and HiveServer2 are asked by Airflow's own hooks; run the statement by HiveOperator or a SQL operator"
# Operators in `airflow/operators` of 1.10.15 that only raise.
REASONS = {
    "branch.BaseBranchOperator": "is there to derive from; classes that do are converted",
    "druid_check_operator.DruidCheckOperator": "Druid has no block, and its hook no counterpart",
    "hive_stats_operator.HiveStatsCollectionOperator": HIVE,
    "hive_to_druid.HiveToDruidTransfer": HIVE,
    "hive_to_mysql.HiveToMySqlTransfer": HIVE,
    "hive_to_samba_operator.Hive2SambaOperator": HIVE,
    "jdbc_operator.JdbcOperator": "needs a Java driver in the flow's process; use the operator of the database",
    "mssql_to_hive.MsSqlToHiveTransfer": HIVE,
    "mysql_to_hive.MySqlToHiveTransfer": HIVE,
    "s3_to_hive_operator.S3ToHiveTransfer": HIVE,
    "sensors.HdfsSensor": "snakebite, its client, is for Python 2",
    "sensors.HivePartitionSensor": HIVE,
    "sensors.MetastorePartitionSensor": HIVE,
    "sensors.WebHdfsSensor": "HDFS has no block",
    "smooth.SmoothOperator": "a joke of Airflow 2's",
}  # fmt: skip
README = Path(__file__).parent / "README.md"
START, END = "<!-- operators -->\n", "<!-- end of operators -->\n"
SHOWN = 25


def counted() -> tuple[Counter[str], Counter[str]]:
    """Uses that are converted, and uses that raise, by class."""
    done, left = Counter[str](), Counter[str]()
    for file in public_files():
        for dag in analyse_text(file.path.read_text(encoding="utf-8"), str(file.path)):
            for task in dag.tasks:
                gap = task.gap or convert_task(task).gap
                name = task.operator.partition(":")[0]
                name = f"@{name.partition('decorators.')[2]}" if name.startswith("airflow.decorators.") else name.rpartition(".")[2]
                (done if gap is None else left)[name] += 1
    return done, left


def table(done: Counter[str], left: Counter[str]) -> str:
    uses, classes = sum(done.values()), len(done)
    whole = uses + sum(left.values())
    lines = [
        f"Of {whole:,} uses of {len(done | left)} operators in the public DAG files **{uses:,} are converted, {100 * uses / whole:.1f} %**, "
        f"of {classes} classes; the others raise, or run with `--bridge`. The most used:",
        "",
        "| converted | | raise | |",
        "|---|--:|---|--:|",
    ]
    pairs = zip(_ranked(done), _ranked(left), strict=False)
    lines += [f"| {a} | {n} | {b} | {m} |" for (a, n), (b, m) in pairs]
    return "\n".join(lines) + "\n"


def left_of_airflow() -> list[str]:
    """The operators of Airflow's own `airflow/operators` that nothing converts."""
    own = "airflow.operators."
    return sorted(path.removeprefix(own) for path in known_operators() if path.startswith(own) and path not in entries())


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]


def main() -> int:
    try:
        made = table(*counted())
    except Unavailable as reason:
        print(f"no public files: {reason}")
        return 2
    print(made, end="")
    for name in left_of_airflow():
        print(f"{name}: {REASONS.get(name, 'not yet')}")
    if "--update" in sys.argv:
        text = README.read_text(encoding="utf-8")
        head, _, rest = text.partition(START)
        README.write_text(head + START + made + END + rest.partition(END)[2], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
