from airflow.plugins_manager import AirflowPlugin

from shop_plugin.operators import CountRowsOperator


class ShopPlugin(AirflowPlugin):
    name = "shop_plugin"
    operators = [CountRowsOperator]
