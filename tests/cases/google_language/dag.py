"""Language of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.natural_language import (
    CloudNaturalLanguageAnalyzeEntitiesOperator,
    CloudNaturalLanguageAnalyzeEntitySentimentOperator,
    CloudNaturalLanguageAnalyzeSentimentOperator,
    CloudNaturalLanguageClassifyTextOperator,
)

with DAG('google_language', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudNaturalLanguageAnalyzeEntitiesOperator(task_id="cloud_natural_language_analyze_entities", document={"content": "a"})
    CloudNaturalLanguageAnalyzeEntitiesOperator(task_id="cloud_natural_language_analyze_entities_all", document={"content": "a"}, encoding_type="the-encoding-type")
    CloudNaturalLanguageAnalyzeEntitySentimentOperator(task_id="cloud_natural_language_analyze_entity_sentiment", document={"content": "a"})
    CloudNaturalLanguageAnalyzeEntitySentimentOperator(task_id="cloud_natural_language_analyze_entity_sentiment_all", document={"content": "a"}, encoding_type="the-encoding-type")
    CloudNaturalLanguageAnalyzeSentimentOperator(task_id="cloud_natural_language_analyze_sentiment", document={"content": "a"})
    CloudNaturalLanguageAnalyzeSentimentOperator(task_id="cloud_natural_language_analyze_sentiment_all", document={"content": "a"}, encoding_type="the-encoding-type")
    CloudNaturalLanguageClassifyTextOperator(task_id="cloud_natural_language_classify_text", document={"content": "a"})
    CloudNaturalLanguageClassifyTextOperator(task_id="cloud_natural_language_classify_text_all", document={"content": "a"})
