"""What calls do, told by the qualified path of what is called: tables, and the questions asked of them."""

from __future__ import annotations

import re

from airflow2prefect.inventory import Kind

_NETWORK = (
    "requests", "urllib.request", "urllib3", "httpx", "aiohttp", "http.client", "boto3", "botocore", "google.cloud", "googleapiclient", "smtplib",
    "ftplib", "paramiko", "pysftp", "slack", "slack_sdk", "slackclient", "tweepy", "kafka", "confluent_kafka", "pika", "elasticsearch", "socket",
    "azure", "kubernetes", "docker", "gspread", "s3fs", "gcsfs", "telegram", "twilio", "sendgrid", "openai", "praw", "yfinance", "wget",
    "airflow.utils.email", "airflow.hooks", "airflow.contrib.hooks", "airflow.providers",
)  # fmt: skip
_DATABASE = (
    "psycopg2", "psycopg", "MySQLdb", "pymysql", "mysql.connector", "sqlite3", "sqlalchemy", "pyodbc", "cx_Oracle", "oracledb", "pymssql",
    "snowflake.connector", "pymongo", "redis", "cassandra", "pyhive", "clickhouse_driver", "duckdb", "vertica_python", "google.cloud.bigquery",
    "pandas.read_sql", "pandas.read_sql_query", "pandas.read_sql_table", "pandas.read_gbq", "prestodb", "trino", "asyncpg", "peewee", "neo4j",
)  # fmt: skip
_FILE = (
    "open", "io.open", "os.remove", "os.rename", "os.mkdir", "os.makedirs", "os.listdir", "os.walk", "os.replace", "os.unlink", "os.rmdir",
    "shutil", "glob", "tarfile", "zipfile", "gzip.open", "tempfile", "pandas.read_csv", "pandas.read_parquet", "pandas.read_json",
    "pandas.read_excel", "pandas.read_pickle", "pandas.read_table", "pandas.read_feather", "pandas.read_xml", "numpy.load", "numpy.save",
    "joblib.load", "joblib.dump", "csv.reader", "json.dump", "json.load", "pickle.dump", "pickle.load",
)  # fmt: skip
_SHELL = ("subprocess", "os.system", "os.popen", "sh")
_DATABASE_WORDS = re.compile(
    r"Postgres|MySql|MsSql|Oracle|Sqlite|Jdbc|Odbc|Presto|Trino|Hive|Snowflake|Vertica|Druid|Mongo|Redis|Cassandra|DbApi|BigQuery|Redshift"
    r"|SQL|Sql|Spanner|Bigtable|Datastore|Athena|Impala|Exasol|Teradata|ClickHouse|Cosmos|Neo4j|Influx|Beeline|Dynamo"
)
_LOCAL_HOOKS = re.compile(r"\.(?:BaseHook\.get_connection|FSHook|SubprocessHook)\b")
_SENSOR = re.compile(r"Sensor(?:Async)?$")
# Operators of Airflow's core that talk to nobody.
_PYTHON = re.compile(
    r"(?:Python|BranchPython|ShortCircuit|PythonVirtualenv|ExternalPython|BranchDayOfWeek|BranchDateTime|LatestOnly)\w*Operator$|^@"
)
_NOTHING = re.compile(r"^(?:Dummy|Empty)Operator$|^ExternalTaskMarker$")
_COMMANDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "database",
        re.compile(r"(?:^|[\s;|&(`])(?:psql|mysql|mysqldump|pg_dump|hive|beeline|sqlite3|bq|snowsql|mongo|redis-cli|sqlcmd|sqoop)\s"),
    ),
    (
        "network",
        re.compile(
            r"(?:^|[\s;|&(`])(?:curl|wget|aws|gsutil|gcloud|az|kubectl|ssh|scp|sftp|rsync|ftp|docker|git|helm|spark-submit|hdfs|hadoop)\s"
        ),
    ),
    ("file", re.compile(r"(?:^|[\s;|&(`])(?:cp|mv|rm|tar|gzip|gunzip|zip|unzip|cat|mkdir|touch|tee|find)\s|[^<>&\d]>>?\s*[\w/$\"']")),
)
_REMOTE = re.compile(r"^(?:https?|s3a?|gs|gcs|abfs|wasbs?|adl|hdfs|ftp|sftp)://")

# Methods that make something small of something large.
_LIGHT = frozenset((
    "to_json", "to_csv", "to_parquet", "to_sql", "to_excel", "to_pickle", "to_html", "count", "sum", "mean", "max", "min", "median", "std",
    "shape", "size", "item", "nunique", "isnull", "empty", "columns", "score", "fit", "any", "all", "idxmax", "idxmin", "info", "rowcount", "__len__",
))  # fmt: skip
_LARGE = (
    ("a DataFrame", re.compile(r"^(?:pandas\.(?:read_\w+|DataFrame|concat|merge|json_normalize|get_dummies|pivot_table|Series)|polars\.\w+|dask\.dataframe\.\w+)\b")),
    ("a DataFrame", re.compile(r"\.(?:get_pandas_df|get_df|toPandas|to_dataframe)$")),
    ("an array", re.compile(r"^numpy\.(?:array|zeros|ones|load|random\.\w+|concatenate|loadtxt|genfromtxt)\b")),
    ("a model", re.compile(r"^(?:sklearn|xgboost|lightgbm|catboost)\.[\w.]*[A-Z]\w+|^(?:tensorflow\.)?keras\.[\w.]*(?:Sequential|Model|load_model)\b|^torch\.nn\.\w+")),
)  # fmt: skip
_PICKLELESS = (
    ("a database connection", re.compile(r"^(?:psycopg2?|MySQLdb|pymysql|mysql\.connector|sqlite3|pyodbc|cx_Oracle|snowflake\.connector|pymssql)\.connect(?:\.cursor)?$|\.get_conn(?:\.cursor)?$|\.get_cursor$")),
    ("a database engine", re.compile(r"^sqlalchemy\.create_engine(?:\.connect|\.raw_connection)?$|\.get_sqlalchemy_engine(?:\.connect)?$")),
    ("an open file", re.compile(r"^(?:io\.)?open$|^tempfile\.(?:Named)?TemporaryFile$")),
    ("a lock", re.compile(r"^(?:threading|multiprocessing)\.(?:R?Lock|Semaphore|Event|Condition)$")),
    ("a client", re.compile(r"^boto3\.(?:client|resource|session\.Session)$|^google\.cloud\.\w+\.Client$|^paramiko\.SSHClient$|^requests\.Session$")),
    ("a hook", re.compile(r"^airflow\.[\w.]*Hook$")),
    ("a SparkSession", re.compile(r"^pyspark\.sql\.SparkSession\.builder[\w.]*\.getOrCreate$")),
)  # fmt: skip
_BUSY = re.compile(
    r"^(?:sklearn|xgboost|lightgbm|catboost|statsmodels|tensorflow|keras|torch|prophet)\.[\w.]*\.?(?:fit|fit_transform|fit_predict|train|cross_val_score|cross_validate)$"
    r"|^(?:xgboost|lightgbm|catboost)\.(?:train|cv)$|^sklearn\.model_selection\.(?:cross_val_score|cross_validate)$|^scipy\.optimize\.\w+$|^numpy\.linalg\.\w+$"
)
_TELLING = re.compile(r"^smtplib\.SMTP(?:_SSL)?[\w.]*\.(?:sendmail|send_message)$|^airflow\.utils\.email\.send_email\w*$|^slack\w*\.[\w.]*(?:chat_postMessage|api_call)$|^sendgrid\.[\w.]*\.send$")  # fmt: skip


def _under(path: str, roots: tuple[str, ...]) -> bool:
    return any(path == root or path.startswith(root + ".") for root in roots)


def kind_of_call(path: str, first: str = "") -> Kind | None:
    """What calling `path` does; `first` is its first argument where that is a string."""
    if _LOCAL_HOOKS.search(path) or (
        path.startswith("airflow.") and not path.endswith("Hook") and "Hook." not in path and "email" not in path
    ):
        return None
    if _under(path, _DATABASE) or (path.startswith("airflow.") and _DATABASE_WORDS.search(path)):
        return "database"
    if _under(path, _FILE):
        return "network" if _REMOTE.match(first) else "file"
    if _under(path, _NETWORK):
        return None if path.endswith((".compat", "urllib.parse")) else "network"
    if _under(path, _SHELL):
        return "shell"
    if re.search(r"\.to_(?:csv|parquet|excel|pickle|json)$", path) and first:
        return "network" if _REMOTE.match(first) else "file"
    if path.endswith(".to_sql"):
        return "database"
    return None


def kind_of_operator(path: str) -> Kind:
    """What an operator does, by its name and where it is from."""
    own, _, base = path.partition(":")
    name = (base or own).rpartition(".")[2]
    if path.startswith("airflow.decorators."):
        return "sensor" if name == "sensor" else "python"
    if _SENSOR.search(name) or _SENSOR.search(own):
        return "sensor"
    if _NOTHING.match(name):
        return "nothing"
    if _PYTHON.search(name):
        return "python"
    if name in ("BashOperator", "GenericTransfer") or name.startswith("_BashDecorated"):
        return "shell" if name == "BashOperator" else "database"
    if name in ("SubDagOperator", "TriggerDagRunOperator"):
        return "nothing"
    if name in ("FileToWasbOperator", "S3FileTransformOperator"):
        return "network"
    if _DATABASE_WORDS.search(name):
        return "database"
    return "network" if (base or own).startswith("airflow.") else "unknown"


def kind_of_command(command: str) -> Kind:
    """What a shell command does."""
    return next((kind for kind, pattern in _COMMANDS if pattern.search(command)), "shell")


def large(path: str) -> str:
    """What the result of calling `path` is, if it is likely large; "" if not."""
    if path.rpartition(".")[2] in _LIGHT and not path.endswith(".fit"):
        return ""
    return next((what for what, pattern in _LARGE if pattern.search(path)), "")


def unpicklable(path: str) -> str:
    """What the result of calling `path` is, if it cannot be pickled; "" if it may well be."""
    return next((what for what, pattern in _PICKLELESS if pattern.search(path)), "")


def busy(path: str) -> bool:
    """Whether calling `path` keeps a processor busy."""
    return bool(_BUSY.search(path))


def tells_people(path: str) -> bool:
    """Whether calling `path` sends a message that a second try would send again."""
    return bool(_TELLING.search(path))


_INSERT = re.compile(r"^\s*(?:--[^\n]*\n\s*)*insert\s+(?:into\s+)?(?!overwrite)", re.IGNORECASE)
_SAFE = re.compile(r"\b(?:on\s+conflict|on\s+duplicate|insert\s+ignore|insert\s+overwrite|merge\s+into|delete\s+from|truncate|where\s+not\s+exists|replace\s+into)\b", re.IGNORECASE)  # fmt: skip


def inserts(statement: str, around: str) -> bool:
    """Whether an SQL statement adds the same rows again when it is run again, with all SQL `around` it."""
    return bool(_INSERT.match(statement)) and not _SAFE.search(around)


def appends(command: str) -> bool:
    """Whether a shell command appends to a file."""
    return bool(re.search(r"[^<>\d&]>>\s*[\w/$\"'.~{]", command))
