"""Language of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime

from google.cloud.language_v1 import LanguageServiceClient
from google.protobuf.json_format import MessageToDict
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="cloud_natural_language_analyze_entities",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_natural_language_analyze_entities():
    client = LanguageServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.analyze_entities(document={"content": "a"})._pb)


@task(
    name="cloud_natural_language_analyze_entities_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_natural_language_analyze_entities_all():
    client = LanguageServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.analyze_entities(document={"content": "a"})._pb)


@task(
    name="cloud_natural_language_analyze_entity_sentiment",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_natural_language_analyze_entity_sentiment():
    client = LanguageServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.analyze_entity_sentiment(document={"content": "a"})._pb)


@task(
    name="cloud_natural_language_analyze_entity_sentiment_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_natural_language_analyze_entity_sentiment_all():
    client = LanguageServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(
        client.analyze_entity_sentiment(document={"content": "a"}, encoding_type="the-encoding-type")._pb
    )


@task(
    name="cloud_natural_language_analyze_sentiment",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_natural_language_analyze_sentiment():
    client = LanguageServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.analyze_sentiment(document={"content": "a"})._pb)


@task(
    name="cloud_natural_language_analyze_sentiment_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_natural_language_analyze_sentiment_all():
    client = LanguageServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.analyze_sentiment(document={"content": "a"})._pb)


@task(
    name="cloud_natural_language_classify_text",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_natural_language_classify_text():
    client = LanguageServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.classify_text(document={"content": "a"})._pb)


@task(
    name="cloud_natural_language_classify_text_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_natural_language_classify_text_all():
    client = LanguageServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.classify_text(document={"content": "a"})._pb)


@flow(name="google_language")
def google_language(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    cloud_natural_language_analyze_entities_run = cloud_natural_language_analyze_entities.submit()
    cloud_natural_language_analyze_entities_all_run = cloud_natural_language_analyze_entities_all.submit()
    cloud_natural_language_analyze_entity_sentiment_run = cloud_natural_language_analyze_entity_sentiment.submit()
    cloud_natural_language_analyze_entity_sentiment_all_run = cloud_natural_language_analyze_entity_sentiment_all.submit()
    cloud_natural_language_analyze_sentiment_run = cloud_natural_language_analyze_sentiment.submit()
    cloud_natural_language_analyze_sentiment_all_run = cloud_natural_language_analyze_sentiment_all.submit()
    cloud_natural_language_classify_text_run = cloud_natural_language_classify_text.submit()
    cloud_natural_language_classify_text_all_run = cloud_natural_language_classify_text_all.submit()
    return [
        cloud_natural_language_analyze_entities_run,
        cloud_natural_language_analyze_entities_all_run,
        cloud_natural_language_analyze_entity_sentiment_run,
        cloud_natural_language_analyze_entity_sentiment_all_run,
        cloud_natural_language_analyze_sentiment_run,
        cloud_natural_language_analyze_sentiment_all_run,
        cloud_natural_language_classify_text_run,
        cloud_natural_language_classify_text_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_language(return_state=True).is_completed())
