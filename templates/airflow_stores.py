"""Airflow's hooks for MongoDB and Redis. The Secret block `mongo-default` stands for the connection `mongo_default`."""

from typing import Any
from urllib.parse import quote_plus

from airflow_connections import BaseHook, Connection
from pymongo import MongoClient, ReplaceOne
from redis import Redis


class MongoHook(BaseHook):
    """A database of MongoDB: that of the connection, unless `mongo_db` names another."""

    default_conn_name = "mongo_default"

    def __init__(self, mongo_conn_id: str = "mongo_default", *args: Any, conn_id: str | None = None, **kwargs: Any) -> None:
        super().__init__()
        self.mongo_conn_id = conn_id or mongo_conn_id
        self.connection = self.get_connection(self.mongo_conn_id)
        self.extras = dict(self.connection.extra_dejson)
        self.client: Any = None
        self.uri = self._uri(self.connection, "mongodb+srv" if self.extras.pop("srv", False) else "mongodb")

    def _uri(self, c: Connection, scheme: str) -> str:
        login = f"{quote_plus(c.login)}:{quote_plus(c.password or '')}@" if c.login else ""
        return f"{scheme}://{login}{c.host}{f':{c.port}' if c.port is not None else ''}/{c.schema or ''}"

    def _options(self) -> dict[str, Any]:
        options = dict(self.extras)
        insecure = str(options.pop("allow_insecure", False)).lower() == "true"
        if options.pop("ssl", False):
            options |= {"tls": True, "tlsAllowInvalidCertificates": insecure}
        return options

    def __enter__(self) -> "MongoHook":
        return self

    def __exit__(self, *failure: Any) -> None:
        self.close_conn()

    def get_conn(self) -> Any:
        """The client: https://pymongo.readthedocs.io"""
        if self.client is None:
            self.client = MongoClient(self.uri, **self._options())
        return self.client

    def close_conn(self) -> None:
        if self.client is not None:
            self.client.close()
            self.client = None

    def get_collection(self, mongo_collection: str, mongo_db: str | None = None) -> Any:
        name = self.connection.schema if mongo_db is None else mongo_db
        return self.get_conn().get_database(name).get_collection(mongo_collection)

    def aggregate(self, mongo_collection: str, aggregate_query: list[Any], mongo_db: str | None = None, **kwargs: Any) -> Any:
        return self.get_collection(mongo_collection, mongo_db).aggregate(aggregate_query, **kwargs)

    def find(self, mongo_collection: str, query: Any, find_one: bool = False, mongo_db: str | None = None, **kwargs: Any) -> Any:
        collection = self.get_collection(mongo_collection, mongo_db)
        return collection.find_one(query, **kwargs) if find_one else collection.find(query, **kwargs)

    def insert_one(self, mongo_collection: str, doc: Any, mongo_db: str | None = None, **kwargs: Any) -> Any:
        return self.get_collection(mongo_collection, mongo_db).insert_one(doc, **kwargs)

    def insert_many(self, mongo_collection: str, docs: Any, mongo_db: str | None = None, **kwargs: Any) -> Any:
        return self.get_collection(mongo_collection, mongo_db).insert_many(docs, **kwargs)

    def update_one(self, mongo_collection: str, filter_doc: Any, update_doc: Any, mongo_db: str | None = None, **kwargs: Any) -> Any:
        return self.get_collection(mongo_collection, mongo_db).update_one(filter_doc, update_doc, **kwargs)

    def update_many(self, mongo_collection: str, filter_doc: Any, update_doc: Any, mongo_db: str | None = None, **kwargs: Any) -> Any:
        return self.get_collection(mongo_collection, mongo_db).update_many(filter_doc, update_doc, **kwargs)

    def replace_one(self, mongo_collection: str, doc: Any, filter_doc: Any = None, mongo_db: str | None = None, **kwargs: Any) -> Any:
        return self.get_collection(mongo_collection, mongo_db).replace_one(filter_doc or {"_id": doc["_id"]}, doc, **kwargs)

    def replace_many(
        self,
        mongo_collection: str,
        docs: list[Any],
        filter_docs: list[Any] | None = None,
        mongo_db: str | None = None,
        upsert: bool = False,
        collation: Any = None,
        **kwargs: Any,
    ) -> Any:
        filters = filter_docs or [{"_id": doc["_id"]} for doc in docs]
        requests = [ReplaceOne(filters[at], doc, upsert=upsert, collation=collation) for at, doc in enumerate(docs)]
        return self.get_collection(mongo_collection, mongo_db).bulk_write(requests, **kwargs)

    def delete_one(self, mongo_collection: str, filter_doc: Any, mongo_db: str | None = None, **kwargs: Any) -> Any:
        return self.get_collection(mongo_collection, mongo_db).delete_one(filter_doc, **kwargs)

    def delete_many(self, mongo_collection: str, filter_doc: Any, mongo_db: str | None = None, **kwargs: Any) -> Any:
        return self.get_collection(mongo_collection, mongo_db).delete_many(filter_doc, **kwargs)


class Airflow1MongoHook(MongoHook):
    """That of Airflow 1.10: login and password go into the address as they are, and `ssl` takes any certificate."""

    def __init__(self, conn_id: str = "mongo_default", *args: Any, **kwargs: Any) -> None:
        super().__init__(conn_id)

    def _uri(self, c: Connection, scheme: str) -> str:
        login = f"{c.login}:{c.password}@" if c.login else ""
        return f"{scheme}://{login}{c.host}{f':{c.port}' if c.port is not None else ''}/{c.schema}"

    def _options(self) -> dict[str, Any]:
        options = dict(self.extras)
        if options.pop("ssl", False):
            options |= {"tls": True, "tlsAllowInvalidCertificates": True}
        return options


class RedisHook(BaseHook):
    """A server of Redis: `get_conn` gives its client, https://redis.readthedocs.io"""

    default_conn_name = "redis_default"

    def __init__(self, redis_conn_id: str = "redis_default", **kwargs: Any) -> None:
        super().__init__()
        self.redis_conn_id = redis_conn_id
        self.redis: Any = None
        self.host = self.port = self.password = self.db = None

    def get_conn(self) -> Any:
        if self.redis is None:
            conn = self.get_connection(self.redis_conn_id)
            extra = conn.extra_dejson
            self.host, self.port, self.db = conn.host, conn.port, extra.get("db")
            self.password = None if str(conn.password).lower() in ("none", "false", "") else conn.password
            names = ("ssl", "ssl_cert_reqs", "ssl_ca_certs", "ssl_keyfile", "ssl_certfile", "ssl_check_hostname")
            options = {name: extra[name] for name in names if name in extra}
            if conn.login:
                options["username"] = conn.login
            self.redis = Redis(host=self.host, port=self.port, password=self.password, db=self.db, **options)
        return self.redis
