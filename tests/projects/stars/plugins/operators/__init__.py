from operators.check_rows import CheckRowsOperator
from operators.fill_table import FillTableOperator

__all__ = ['CheckRowsOperator', 'FillTableOperator']
