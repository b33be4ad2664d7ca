"""MongoDB, Redis and HiveServer2, asked by hooks in callables."""
import os
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_hive import HiveServer2Hook
from airflow_resume import SAME_DATE
from airflow_stores import Airflow1MongoHook, RedisHook


@task(name="documents", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def documents(ds):
    hook = Airflow1MongoHook(conn_id="shop_mongo")
    hook.insert_one("orders", {"_id": 1, "day": ds})
    hook.insert_many("orders", [{"_id": 2}, {"_id": 3}], mongo_db="other", ordered=False)
    hook.update_one("orders", {"_id": 1}, {"$set": {"done": True}}, upsert=True)
    hook.update_many("orders", {}, {"$inc": {"n": 1}})
    hook.replace_one("orders", {"_id": 1, "x": 2})
    hook.replace_many("orders", [{"_id": 1}, {"_id": 2}], upsert=True)
    hook.delete_one("orders", {"_id": 1})
    hook.delete_many("orders", {"day": ds})
    one = hook.find("orders", {"_id": 1}, find_one=True)
    rows = list(hook.find("orders", {}, limit=2)) + list(hook.aggregate("orders", [{"$match": {"day": ds}}]))
    hook.close_conn()
    return one, rows


@task(name="by_hand", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_hand():
    with Airflow1MongoHook("mongo_plain") as hook:
        client = hook.get_conn()
        return hook.uri, client.get_database("x").get_collection("y").find_one({"a": 1})


@task(name="cached", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def cached():
    redis = RedisHook(redis_conn_id="cache").get_conn()
    redis.set("a", 1)
    return redis.get("a")


@task(name="asked", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def asked():
    hook = HiveServer2Hook(hiveserver2_conn_id="hive_server")
    rows = hook.get_records("SELECT * FROM t", schema="web")
    frame = hook.get_pandas_df(["set x=1", "with a as (select 1) select * from a"])
    hook.to_csv("SELECT * FROM t", "/tmp/hooks_stores.csv", delimiter="|")
    with open("/tmp/hooks_stores.csv") as file:
        text = file.read()
    os.remove("/tmp/hooks_stores.csv")
    return rows, list(frame.columns), text


@flow(name="stores")
def stores(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    documents(ds)
    by_hand()
    cached()
    d = asked()
    return d


if __name__ == "__main__":
    stores()
