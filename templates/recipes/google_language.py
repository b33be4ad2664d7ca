"""Natural Language: airflow/providers/google/cloud/operators/natural_language.py"""

from google.cloud.language_v1 import LanguageServiceClient
from google.protobuf.json_format import MessageToDict


@operator(
    "airflow.providers.google.cloud.operators.natural_language.CloudNaturalLanguageAnalyzeEntitiesOperator",
    "airflow.contrib.operators.gcp_natural_language_operator.CloudLanguageAnalyzeEntitiesOperator",
)
def analyze_entities(document, encoding_type=None):
    client = LanguageServiceClient(credentials=credentials)
    return MessageToDict(client.analyze_entities(document=document, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.natural_language.CloudNaturalLanguageAnalyzeEntitySentimentOperator",
    "airflow.contrib.operators.gcp_natural_language_operator.CloudLanguageAnalyzeEntitySentimentOperator",
)
def analyze_entity_sentiment(document, encoding_type=None):
    client = LanguageServiceClient(credentials=credentials)
    return MessageToDict(client.analyze_entity_sentiment(document=document, encoding_type=encoding_type, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.natural_language.CloudNaturalLanguageAnalyzeSentimentOperator",
    "airflow.contrib.operators.gcp_natural_language_operator.CloudLanguageAnalyzeSentimentOperator",
)
def analyze_sentiment(document, encoding_type=None):
    client = LanguageServiceClient(credentials=credentials)
    return MessageToDict(client.analyze_sentiment(document=document, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.natural_language.CloudNaturalLanguageClassifyTextOperator",
    "airflow.contrib.operators.gcp_natural_language_operator.CloudLanguageClassifyTextOperator",
)
def classify_text(document):
    client = LanguageServiceClient(credentials=credentials)
    return MessageToDict(client.classify_text(document=document, **options)._pb)
