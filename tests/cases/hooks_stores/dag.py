"""MongoDB, Redis and HiveServer2, asked by hooks in callables."""
import os
from datetime import datetime

from airflow import DAG
from airflow.contrib.hooks.mongo_hook import MongoHook
from airflow.contrib.hooks.redis_hook import RedisHook
from airflow.hooks.hive_hooks import HiveServer2Hook
from airflow.operators.python_operator import PythonOperator


def documents(ds, **context):
    hook = MongoHook(conn_id="shop_mongo")
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


def by_hand():
    with MongoHook("mongo_plain") as hook:
        client = hook.get_conn()
        return hook.uri, client.get_database("x").get_collection("y").find_one({"a": 1})


def cached():
    redis = RedisHook(redis_conn_id="cache").get_conn()
    redis.set("a", 1)
    return redis.get("a")


def asked():
    hook = HiveServer2Hook(hiveserver2_conn_id="hive_server")
    rows = hook.get_records("SELECT * FROM t", schema="web")
    frame = hook.get_pandas_df(["set x=1", "with a as (select 1) select * from a"])
    hook.to_csv("SELECT * FROM t", "/tmp/hooks_stores.csv", delimiter="|")
    with open("/tmp/hooks_stores.csv") as file:
        text = file.read()
    os.remove("/tmp/hooks_stores.csv")
    return rows, list(frame.columns), text


with DAG("stores", start_date=datetime(2021, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    a = PythonOperator(task_id="documents", python_callable=documents, provide_context=True)
    b = PythonOperator(task_id="by_hand", python_callable=by_hand)
    c = PythonOperator(task_id="cached", python_callable=cached)
    d = PythonOperator(task_id="asked", python_callable=asked)
    a >> b >> c >> d
