"""Packages of PyPI by what imports them: for requirements.txt and for what `report` says is needed."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache

from airflow2prefect.syntax import imports_in, tree_of

# What every flow needs. Newer fastapi and sqlalchemy break Prefect 3's server.
ALWAYS = ("prefect>=3.4,<4", "fastapi<0.151", "sqlalchemy<2.1")
# Modules whose package has another name. https://pypi.org
RENAMED = {
    "yaml": "PyYAML", "sklearn": "scikit-learn", "cv2": "opencv-python", "PIL": "Pillow", "bs4": "beautifulsoup4", "dateutil": "python-dateutil",
    "MySQLdb": "mysqlclient", "psycopg2": "psycopg2-binary", "googleapiclient": "google-api-python-client", "jwt": "PyJWT", "OpenSSL": "pyOpenSSL",
    "Crypto": "pycryptodome", "git": "GitPython", "dotenv": "python-dotenv", "attr": "attrs", "slack": "slackclient", "slack_sdk": "slack-sdk", "telegram": "python-telegram-bot",
    "mysql": "mysql-connector-python", "snowflake": "snowflake-connector-python", "google": "google-cloud", "pkg_resources": "setuptools",
}  # fmt: skip
# Modules whose package has their name, as far as that is sure: another one's name in a list of packages is an invitation to strangers.
_SAME = frozenset(
    ["aiohttp", "arrow", "attrs", "azure", "babel", "beautifulsoup4", "bokeh", "boto", "boto3", "botocore", "cachetools", "cattrs", "celery", "certifi", "chardet", "click", "cloudpickle", "colorama", "croniter", "cronsim", "cryptography", "cx_Oracle", "dask", "delta", "distributed", "docker", "docx", "duckdb", "elasticsearch", "emoji", "faker", "fastavro", "fastapi", "feedparser", "filelock", "flask", "folium", "fsspec", "gensim", "geopandas", "geopy", "graphviz", "great_expectations", "gspread", "gunicorn", "h5py", "httplib2", "httpx", "humanize", "ibis", "imageio", "ijson", "isodate", "itsdangerous", "jinja2", "joblib", "jsonschema", "kafka", "kaggle", "keras", "kubernetes", "langchain", "lightgbm", "lxml", "mako", "markdown", "marshmallow", "matplotlib", "minio", "mlflow", "more_itertools", "msal", "msgpack", "networkx", "nltk", "numba", "numexpr", "numpy", "oauthlib", "openai", "openpyxl", "optuna", "oracledb", "orjson", "pandas", "papermill", "paramiko", "peewee", "pendulum", "pika", "plotly", "polars", "praw", "prophet", "protobuf", "psutil", "psycopg", "pyarrow", "pydantic", "pyhive", "pymongo", "pymssql", "pymysql", "pyodbc", "pypdf", "pyproj", "pysftp", "pyspark", "pytest", "pytz", "rasterio", "redis", "regex", "requests", "requests_oauthlib", "rich", "ruamel", "s3fs", "s3transfer", "scipy", "scrapy", "seaborn", "selenium", "sendgrid", "sentry_sdk", "shap", "shapely", "simplejson", "six", "snowflake_connector_python", "spacy", "sqlalchemy", "sqlparse", "statsmodels", "streamlit", "stripe", "sshtunnel", "tables", "tabulate", "tenacity", "tensorflow", "textblob", "tiktoken", "toml", "tomli", "torch", "torchvision", "tqdm", "transformers", "trino", "tweepy", "twilio", "typer", "tzlocal", "ujson", "unidecode", "urllib3", "validators", "vertica_python", "wandb", "websocket", "websockets", "wordcloud", "xarray", "xgboost", "xlrd", "xlsxwriter", "xmltodict", "yfinance", "zeep"]
)  # fmt: skip
_DIFFERENT = frozenset(("azure", "beautifulsoup4", "delta", "docx", "kafka", "ruamel", "websocket", "google", "protobuf", "ibis"))
# Modules of google.cloud whose package has their name, and the version from which on a client takes `request`.
_CLOUD = {
    "aiplatform": "", "automl": ">=2.12", "bigquery": "", "bigtable": ">=2.17", "container": ">=2.17", "datacatalog": ">=3.11",
    "dataproc": ">=5.12", "dlp": ">=3.12", "firestore": "", "kms": "", "language": ">=2.9", "logging": "", "memcache": ">=1.7",
    "monitoring": ">=2.18", "pubsub": ">=2", "redis": ">=2.12", "run": "", "spanner": ">=3.11", "speech": ">=2.18", "storage": "",
    "tasks": ">=2.13", "texttospeech": ">=2.14", "translate": ">=3.11", "videointelligence": ">=2.11", "vision": ">=3.4", "workflows": ">=1.10",
}  # fmt: skip
_INTEGRATIONS = frozenset(
    f"prefect_{name}"
    for name in ("aws", "azure", "bitbucket", "dask", "databricks", "dbt", "docker", "email", "gcp", "github", "gitlab", "kubernetes", "ray",
                 "redis", "shell", "slack", "snowflake", "sqlalchemy")
)  # fmt: skip
# Where more than any version is asked for.
_BOUNDS = {"prefect-shell": ">=0.3", "prefect-sqlalchemy": ">=0.5", "prefect-aws": ">=0.7", "paramiko": ">=3.4", "cronsim": ">=2.5", "python-dateutil": ">=2.8", "jinja2": ">=3.1"}
# What a name that a flow uses of airflow_sql.py needs besides: the driver whose SQL parameters are those of Airflow's hook.
DRIVERS = {
    "PostgresHook": ("psycopg2-binary",),
    "RedshiftSQLHook": ("redshift-connector", "sqlalchemy-redshift>=1"),
    "MySqlHook": ("mysqlclient",),
    "MsSqlHook": ("pymssql",),
    "OracleHook": ("oracledb",),
    "VerticaHook": ("sqlalchemy-vertica-python",),
    "PrestoHook": ("pyhive[presto]",),
    "TrinoHook": ("trino[sqlalchemy]",),
    "SnowflakeHook": ("snowflake-sqlalchemy",),
}
# Clients that the GcpCredentials block makes, where their packages are there.
_CLIENTS = {"get_cloud_storage_client": "google-cloud-storage", "get_bigquery_client": "google-cloud-bigquery"}
_INSIDE = {
    "get_pandas_df": ("pandas",),
    "split_statements": ("sqlparse",),
    "HiveServer2Hook": ("pyhive[hive]",),
    **dict.fromkeys(("get_tunnel", "create_tunnel"), ("sshtunnel", "paramiko<4")),  # it needs what newer ones do not have
}
_NAMED = re.compile(rf"\b(?:{'|'.join([*DRIVERS, *_INSIDE])})\b")
_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+(?P<one>[A-Za-z_]\w*)|import[ \t]+(?P<many>[A-Za-z_][\w., \t]*))", re.MULTILINE)
_HELPERS = "airflow_"  # modules that are written beside the flows


def third_party(text: str) -> list[str]:
    """The modules that a flow imports and that are no part of Python, of Prefect or of what is written beside it; sorted."""
    found: set[str] = set()
    for match in _IMPORT.finditer(text):
        names = [match["one"]] if match["one"] else [part.strip().split(" ")[0] for part in match["many"].split(",")]
        found |= {name.partition(".")[0] for name in names if name}
    away = {root for root in found if root in sys.stdlib_module_names or root in ("prefect", "airflow") or root.startswith(_HELPERS)}
    return sorted(found - away)


def package_of(module: str) -> str | None:
    """The package that a module comes from; None where that is not known."""
    if module in RENAMED and module not in _DIFFERENT:
        return RENAMED[module]
    if module in _INTEGRATIONS or (module in _SAME and module not in _DIFFERENT):
        return module.replace("_", "-") if module != "cx_Oracle" else module
    return None


def requirements_of(flow: str, helpers: Iterable[str], drivers: Iterable[str]) -> tuple[str, ...]:
    """What a flow needs besides ALWAYS, as lines of requirements.txt, sorted; `?name` for a module whose package is not known.

    `helpers`: the texts of the modules written beside it, `drivers`: keys of DRIVERS that its tasks need.
    """
    modules = third_party(flow)
    if any(package_of(module) is None for module in modules):
        really = set(_imported(flow))
        modules = [module for module in modules if module in really]
    helpers = tuple(helpers)
    for text in helpers:
        modules += _of_helper(text)
    found = {package_of(module) or f"?{module}" for module in modules} - {"sqlalchemy", "fastapi"}
    google = {package for text in (flow, *helpers) for package in _google(text)} if "?google" in found else set()
    if "prefect-gcp" in found:
        found |= {package for text in (flow, *helpers) for name, package in _CLIENTS.items() if name in text}
    if "get_pandas_df" in flow and "airflow_bigquery" in flow:
        found.add("pandas-gbq")
    if "airflow_exports" in flow and 'export_format="parquet"' in flow:
        found.add("pyarrow")
    found = (found - {"?google"}) | google if google else found
    named = {*drivers, *(_NAMED.findall(flow) if any(name in flow for name in (*DRIVERS, *_INSIDE)) else ())}
    for name, packages in {**DRIVERS, **_INSIDE}.items():
        if name in named:
            found.update(packages)
    return tuple(sorted((f"{package}{_BOUNDS.get(package, '')}" for package in found), key=str.lower))


@cache
def _of_helper(text: str) -> tuple[str, ...]:
    """What a module beside the flows imports whenever it is imported; many flows have the same."""
    return tuple(third_party(re.sub(r"^[ \t]+.*$", "", text, flags=re.MULTILINE)))


def _google(text: str) -> Iterator[str]:
    """The packages that share the module `google`, as far as they are known."""
    for match in re.finditer(r"\bgoogle\.(?:cloud(?:\.|[ \t]+import[ \t]+)([a-z]\w*?)(?:_v\d\w*)?\b|(auth|oauth2|api_core|protobuf)\b)", text):
        if match[1] == "devtools":
            yield "google-cloud-build"
        elif match[1] in _CLOUD:
            yield f"google-cloud-{match[1]}{_CLOUD[match[1]]}"
        elif match[2]:
            yield {"api_core": "google-api-core", "protobuf": "protobuf"}.get(match[2], "google-auth")


def _imported(text: str) -> Iterator[str]:
    """The modules imported, read as Python: text in a docstring may look like an import."""
    for node in imports_in(tree_of(text).body):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif node.module and not node.level:
            yield node.module.partition(".")[0]


# Lines for the environment that bridged operators run in begin with it.
THERE = "@"
# Providers whose packages have two words in their names: airflow.providers.apache.spark.
_TWO_WORDS = frozenset(("apache", "atlassian", "cncf", "common", "dbt", "microsoft"))


def airflow_requirements(operators: Iterable[str], version: int) -> tuple[str, ...]:
    """What bridged operators need, by their import paths, in an environment with Airflow `version` (1 or 2): lines that begin with THERE."""
    operators = tuple(operators)
    if not operators:
        return ()
    found = {"apache-airflow==1.10.15" if version == 1 else "apache-airflow>=2.10,<3"}
    for path in operators:
        parts = path.split(".")
        if parts[:2] == ["airflow", "providers"]:
            name = "-".join(parts[2:4] if parts[2] in _TWO_WORDS else parts[2:3])
            found.add(f"apache-airflow-{'backport-' if version == 1 else ''}providers-{name}")
    return tuple(sorted(THERE + line for line in found))


def airflow_requirements_file(lines: Iterable[str]) -> str:
    """requirements-airflow.txt of these lines; "" where no operator is bridged."""
    there = sorted({line[1:] for line in lines if line.startswith(THERE)})
    if not there:
        return ""
    return "\n".join(["# What bridged operators run in: the environment that AIRFLOW_PYTHON names.", *there]) + "\n"


def requirements_file(by_flow: Iterable[tuple[str, Iterable[str]]]) -> str:
    """requirements.txt for (path of a flow, what it needs) each."""
    needed: set[str] = set()
    unknown: dict[str, list[str]] = {}
    for path, lines in by_flow:
        for line in lines:
            if line.startswith(THERE):
                continue
            if line.startswith("?"):
                unknown.setdefault(line[1:], []).append(path)
            else:
                needed.add(line)
    made = [
        "# What the flows of this folder import.",
        ALWAYS[0],
        f"{ALWAYS[1]}  # newer ones break Prefect's server, as do those of sqlalchemy",
    ]
    made += [ALWAYS[2], *sorted(needed, key=str.lower)]
    for module, paths in sorted(unknown.items()):
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        made.append(f"# {module}: imported by {sorted(paths)[0]}{more}; which package it is in is not known")
    return "\n".join(made) + "\n"
