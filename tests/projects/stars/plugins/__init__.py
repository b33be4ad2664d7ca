from airflow.plugins_manager import AirflowPlugin

import operators
import queries


class StarsPlugin(AirflowPlugin):
    name = 'stars_plugin'
    operators = [operators.FillTableOperator, operators.CheckRowsOperator]
    helpers = [queries.Inserts]
