"""Speech of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime

from google.cloud.speech_v1 import SpeechClient
from google.cloud.texttospeech_v1 import TextToSpeechClient
from google.cloud.translate_v2 import Client
from google.protobuf.json_format import MessageToDict
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="cloud_speech_to_text_recognize_speech",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_speech_to_text_recognize_speech():
    client = SpeechClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.recognize(config="the-config", audio="the-audio")._pb)


@task(
    name="cloud_speech_to_text_recognize_speech_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_speech_to_text_recognize_speech_all():
    client = SpeechClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.recognize(config="the-config", audio="the-audio")._pb)


@task(
    name="cloud_text_to_speech_synthesize",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_text_to_speech_synthesize():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = TextToSpeechClient(credentials=gcp_credentials.get_credentials_from_service_account())
    result = client.synthesize_speech(
        input={"text": "a"}, voice={"language_code": "en"}, audio_config={"audio_encoding": 1}
    )
    blob = gcp_credentials.get_cloud_storage_client().bucket("the-target-bucket-name").blob("the-target-filename")
    blob.upload_from_string(result.audio_content, content_type="application/octet-stream")


@task(
    name="cloud_text_to_speech_synthesize_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_text_to_speech_synthesize_all():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = TextToSpeechClient(credentials=gcp_credentials.get_credentials_from_service_account())
    result = client.synthesize_speech(
        input={"text": "a"}, voice={"language_code": "en"}, audio_config={"audio_encoding": 1}
    )
    blob = gcp_credentials.get_cloud_storage_client().bucket("the-target-bucket-name").blob("the-target-filename")
    blob.upload_from_string(result.audio_content, content_type="application/octet-stream")


@task(
    name="cloud_translate_text",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_translate_text():
    client = Client(credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account())
    return client.translate(
        ["a"],
        target_language="the-target-language",
        format_="the-format-",
        source_language="the-source-language",
        model="the-model",
    )


@task(
    name="cloud_translate_text_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_translate_text_all():
    client = Client(credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account())
    return client.translate(
        ["a"],
        target_language="the-target-language",
        format_="the-format-",
        source_language="the-source-language",
        model="the-model",
    )


@task(
    name="cloud_translate_speech",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_translate_speech():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    speech = SpeechClient(credentials=gcp_credentials.get_credentials_from_service_account())
    recognized = MessageToDict(speech.recognize(config="the-config", audio="the-audio")._pb)
    transcript = recognized["results"][0]["alternatives"][0]["transcript"]
    client = Client(credentials=gcp_credentials.get_credentials_from_service_account())
    return client.translate(
        transcript,
        target_language="the-target-language",
        format_="the-format-",
        source_language="the-source-language",
        model="the-model",
    )


@task(
    name="cloud_translate_speech_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_translate_speech_all():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    speech = SpeechClient(credentials=gcp_credentials.get_credentials_from_service_account())
    recognized = MessageToDict(speech.recognize(config="the-config", audio="the-audio")._pb)
    transcript = recognized["results"][0]["alternatives"][0]["transcript"]
    client = Client(credentials=gcp_credentials.get_credentials_from_service_account())
    return client.translate(
        transcript,
        target_language="the-target-language",
        format_="the-format-",
        source_language="the-source-language",
        model="the-model",
    )


@flow(name="google_speech")
def google_speech(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    cloud_speech_to_text_recognize_speech_run = cloud_speech_to_text_recognize_speech.submit()
    cloud_speech_to_text_recognize_speech_all_run = cloud_speech_to_text_recognize_speech_all.submit()
    cloud_text_to_speech_synthesize_run = cloud_text_to_speech_synthesize.submit()
    cloud_text_to_speech_synthesize_all_run = cloud_text_to_speech_synthesize_all.submit()
    cloud_translate_text_run = cloud_translate_text.submit()
    cloud_translate_text_all_run = cloud_translate_text_all.submit()
    cloud_translate_speech_run = cloud_translate_speech.submit()
    cloud_translate_speech_all_run = cloud_translate_speech_all.submit()
    return [
        cloud_speech_to_text_recognize_speech_run,
        cloud_speech_to_text_recognize_speech_all_run,
        cloud_text_to_speech_synthesize_run,
        cloud_text_to_speech_synthesize_all_run,
        cloud_translate_text_run,
        cloud_translate_text_all_run,
        cloud_translate_speech_run,
        cloud_translate_speech_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_speech(return_state=True).is_completed())
