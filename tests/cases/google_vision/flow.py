"""Vision of Google Cloud: each operator with what it must have, and with more."""
import sys
from contextlib import suppress
from datetime import datetime

from google.api_core.exceptions import AlreadyExists
from google.cloud.vision_v1 import ImageAnnotatorClient, Product, ProductSearchClient, ProductSet
from google.protobuf.json_format import MessageToDict
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="cloud_vision_create_product_set",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_create_product_set():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    try:
        response = client.create_product_set(parent=parent, product_set={"display_name": "x"})
    except AlreadyExists:
        return None
    return response.name.rsplit("/", 1)[1]


@task(
    name="cloud_vision_create_product_set_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_create_product_set_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    with suppress(AlreadyExists):
        client.create_product_set(parent=parent, product_set={"display_name": "x"}, product_set_id="the-product-set-id")
    return "the-product-set-id"


@task(
    name="cloud_vision_get_product_set",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_get_product_set():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/productSets/the-product-set-id"
    return MessageToDict(client.get_product_set(name=name)._pb)


@task(
    name="cloud_vision_get_product_set_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_get_product_set_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/productSets/the-product-set-id"
    return MessageToDict(client.get_product_set(name=name)._pb)


@task(
    name="cloud_vision_update_product_set",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_update_product_set():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = ProductSet({"display_name": "x"})
    return MessageToDict(client.update_product_set(product_set=new)._pb)


@task(
    name="cloud_vision_update_product_set_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_update_product_set_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = ProductSet({"display_name": "x"})
    new.name = "projects/the-project-id/locations/eu/productSets/the-product-set-id"
    return MessageToDict(client.update_product_set(product_set=new, update_mask={"paths": ["name"]})._pb)


@task(
    name="cloud_vision_delete_product_set",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_delete_product_set():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    client.delete_product_set(name=f"projects/{gcp_credentials.project}/locations/eu/productSets/the-product-set-id")


@task(
    name="cloud_vision_delete_product_set_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_delete_product_set_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    client.delete_product_set(name="projects/the-project-id/locations/eu/productSets/the-product-set-id")


@task(
    name="cloud_vision_create_product",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_create_product():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    try:
        response = client.create_product(parent=parent, product="the-product")
    except AlreadyExists:
        return None
    return response.name.rsplit("/", 1)[1]


@task(
    name="cloud_vision_create_product_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_create_product_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    with suppress(AlreadyExists):
        client.create_product(parent=parent, product="the-product", product_id="the-product-id")
    return "the-product-id"


@task(
    name="cloud_vision_get_product",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_get_product():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/products/the-product-id"
    return MessageToDict(client.get_product(name=name)._pb)


@task(
    name="cloud_vision_get_product_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_get_product_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/products/the-product-id"
    return MessageToDict(client.get_product(name=name)._pb)


@task(
    name="cloud_vision_update_product",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_update_product():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Product({"display_name": "x"})
    return MessageToDict(client.update_product(product=new)._pb)


@task(
    name="cloud_vision_update_product_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_update_product_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Product({"display_name": "x"})
    new.name = "projects/the-project-id/locations/eu/products/the-product-id"
    return MessageToDict(client.update_product(product=new, update_mask={"paths": ["name"]})._pb)


@task(
    name="cloud_vision_delete_product",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_delete_product():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    client.delete_product(name=f"projects/{gcp_credentials.project}/locations/eu/products/the-product-id")


@task(
    name="cloud_vision_delete_product_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_delete_product_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    client.delete_product(name="projects/the-project-id/locations/eu/products/the-product-id")


@task(
    name="cloud_vision_create_reference_image",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_create_reference_image():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu/products/the-product-id"
    try:
        response = client.create_reference_image(parent=parent, reference_image={"uri": "gs://a"})
    except AlreadyExists:
        return None
    return response.name.rsplit("/", 1)[1]


@task(
    name="cloud_vision_create_reference_image_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_create_reference_image_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu/products/the-product-id"
    with suppress(AlreadyExists):
        client.create_reference_image(
            parent=parent, reference_image={"uri": "gs://a"}, reference_image_id="the-reference-image-id"
        )
    return "the-reference-image-id"


@task(
    name="cloud_vision_delete_reference_image",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_delete_reference_image():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/products/the-product-id/referenceImages/the-reference-image-id"
    client.delete_reference_image(name=name)


@task(
    name="cloud_vision_delete_reference_image_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_delete_reference_image_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/products/the-product-id/referenceImages/the-reference-image-id"
    client.delete_reference_image(name=name)


@task(
    name="cloud_vision_add_product_to_product_set",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_add_product_to_product_set():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    client.add_product_to_product_set(
        name=f"{parent}/productSets/the-product-set-id", product=f"{parent}/products/the-product-id"
    )


@task(
    name="cloud_vision_add_product_to_product_set_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_add_product_to_product_set_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    client.add_product_to_product_set(
        name=f"{parent}/productSets/the-product-set-id", product=f"{parent}/products/the-product-id"
    )


@task(
    name="cloud_vision_remove_product_from_product_set",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_remove_product_from_product_set():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = ProductSearchClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    client.remove_product_from_product_set(
        name=f"{parent}/productSets/the-product-set-id", product=f"{parent}/products/the-product-id"
    )


@task(
    name="cloud_vision_remove_product_from_product_set_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_remove_product_from_product_set_all():
    client = ProductSearchClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    client.remove_product_from_product_set(
        name=f"{parent}/productSets/the-product-set-id", product=f"{parent}/products/the-product-id"
    )


@task(
    name="cloud_vision_image_annotate",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_image_annotate():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    response = client.annotate_image(request={"image": {"content": b"a"}})
    return MessageToDict(response._pb)


@task(
    name="cloud_vision_image_annotate_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_image_annotate_all():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    response = client.annotate_image(request={"image": {"content": b"a"}})
    return MessageToDict(response._pb)


@task(
    name="cloud_vision_detect_text",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_detect_text():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.text_detection(image={"content": b"a"})._pb)


@task(
    name="cloud_vision_detect_text_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_detect_text_all():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    hints = {"language_hints": "the-language-hints", "web_detection_params": {}}
    return MessageToDict(client.text_detection(image={"content": b"a"}, max_results=7, image_context=hints)._pb)


@task(
    name="cloud_vision_text_detect",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_text_detect():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.document_text_detection(image={"content": b"a"})._pb)


@task(
    name="cloud_vision_text_detect_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_text_detect_all():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    hints = {"language_hints": "the-language-hints", "web_detection_params": {}}
    return MessageToDict(
        client.document_text_detection(image={"content": b"a"}, max_results=7, image_context=hints)._pb
    )


@task(
    name="cloud_vision_detect_image_labels",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_detect_image_labels():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.label_detection(image={"content": b"a"})._pb)


@task(
    name="cloud_vision_detect_image_labels_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_detect_image_labels_all():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.label_detection(image={"content": b"a"}, max_results=7)._pb)


@task(
    name="cloud_vision_detect_image_safe_search",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_detect_image_safe_search():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.safe_search_detection(image={"content": b"a"})._pb)


@task(
    name="cloud_vision_detect_image_safe_search_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_vision_detect_image_safe_search_all():
    client = ImageAnnotatorClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return MessageToDict(client.safe_search_detection(image={"content": b"a"}, max_results=7)._pb)


@flow(name="google_vision")
def google_vision(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    cloud_vision_create_product_set_run = cloud_vision_create_product_set.submit()
    cloud_vision_create_product_set_all_run = cloud_vision_create_product_set_all.submit()
    cloud_vision_get_product_set_run = cloud_vision_get_product_set.submit()
    cloud_vision_get_product_set_all_run = cloud_vision_get_product_set_all.submit()
    cloud_vision_update_product_set_run = cloud_vision_update_product_set.submit()
    cloud_vision_update_product_set_all_run = cloud_vision_update_product_set_all.submit()
    cloud_vision_delete_product_set_run = cloud_vision_delete_product_set.submit()
    cloud_vision_delete_product_set_all_run = cloud_vision_delete_product_set_all.submit()
    cloud_vision_create_product_run = cloud_vision_create_product.submit()
    cloud_vision_create_product_all_run = cloud_vision_create_product_all.submit()
    cloud_vision_get_product_run = cloud_vision_get_product.submit()
    cloud_vision_get_product_all_run = cloud_vision_get_product_all.submit()
    cloud_vision_update_product_run = cloud_vision_update_product.submit()
    cloud_vision_update_product_all_run = cloud_vision_update_product_all.submit()
    cloud_vision_delete_product_run = cloud_vision_delete_product.submit()
    cloud_vision_delete_product_all_run = cloud_vision_delete_product_all.submit()
    cloud_vision_create_reference_image_run = cloud_vision_create_reference_image.submit()
    cloud_vision_create_reference_image_all_run = cloud_vision_create_reference_image_all.submit()
    cloud_vision_delete_reference_image_run = cloud_vision_delete_reference_image.submit()
    cloud_vision_delete_reference_image_all_run = cloud_vision_delete_reference_image_all.submit()
    cloud_vision_add_product_to_product_set_run = cloud_vision_add_product_to_product_set.submit()
    cloud_vision_add_product_to_product_set_all_run = cloud_vision_add_product_to_product_set_all.submit()
    cloud_vision_remove_product_from_product_set_run = cloud_vision_remove_product_from_product_set.submit()
    cloud_vision_remove_product_from_product_set_all_run = cloud_vision_remove_product_from_product_set_all.submit()
    cloud_vision_image_annotate_run = cloud_vision_image_annotate.submit()
    cloud_vision_image_annotate_all_run = cloud_vision_image_annotate_all.submit()
    cloud_vision_detect_text_run = cloud_vision_detect_text.submit()
    cloud_vision_detect_text_all_run = cloud_vision_detect_text_all.submit()
    cloud_vision_text_detect_run = cloud_vision_text_detect.submit()
    cloud_vision_text_detect_all_run = cloud_vision_text_detect_all.submit()
    cloud_vision_detect_image_labels_run = cloud_vision_detect_image_labels.submit()
    cloud_vision_detect_image_labels_all_run = cloud_vision_detect_image_labels_all.submit()
    cloud_vision_detect_image_safe_search_run = cloud_vision_detect_image_safe_search.submit()
    cloud_vision_detect_image_safe_search_all_run = cloud_vision_detect_image_safe_search_all.submit()
    return [
        cloud_vision_create_product_set_run,
        cloud_vision_create_product_set_all_run,
        cloud_vision_get_product_set_run,
        cloud_vision_get_product_set_all_run,
        cloud_vision_update_product_set_run,
        cloud_vision_update_product_set_all_run,
        cloud_vision_delete_product_set_run,
        cloud_vision_delete_product_set_all_run,
        cloud_vision_create_product_run,
        cloud_vision_create_product_all_run,
        cloud_vision_get_product_run,
        cloud_vision_get_product_all_run,
        cloud_vision_update_product_run,
        cloud_vision_update_product_all_run,
        cloud_vision_delete_product_run,
        cloud_vision_delete_product_all_run,
        cloud_vision_create_reference_image_run,
        cloud_vision_create_reference_image_all_run,
        cloud_vision_delete_reference_image_run,
        cloud_vision_delete_reference_image_all_run,
        cloud_vision_add_product_to_product_set_run,
        cloud_vision_add_product_to_product_set_all_run,
        cloud_vision_remove_product_from_product_set_run,
        cloud_vision_remove_product_from_product_set_all_run,
        cloud_vision_image_annotate_run,
        cloud_vision_image_annotate_all_run,
        cloud_vision_detect_text_run,
        cloud_vision_detect_text_all_run,
        cloud_vision_text_detect_run,
        cloud_vision_text_detect_all_run,
        cloud_vision_detect_image_labels_run,
        cloud_vision_detect_image_labels_all_run,
        cloud_vision_detect_image_safe_search_run,
        cloud_vision_detect_image_safe_search_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_vision(return_state=True).is_completed())
