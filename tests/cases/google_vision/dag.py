"""Vision of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.vision import (
    CloudVisionAddProductToProductSetOperator,
    CloudVisionCreateProductOperator,
    CloudVisionCreateProductSetOperator,
    CloudVisionCreateReferenceImageOperator,
    CloudVisionDeleteProductOperator,
    CloudVisionDeleteProductSetOperator,
    CloudVisionDeleteReferenceImageOperator,
    CloudVisionDetectImageLabelsOperator,
    CloudVisionDetectImageSafeSearchOperator,
    CloudVisionDetectTextOperator,
    CloudVisionGetProductOperator,
    CloudVisionGetProductSetOperator,
    CloudVisionImageAnnotateOperator,
    CloudVisionRemoveProductFromProductSetOperator,
    CloudVisionTextDetectOperator,
    CloudVisionUpdateProductOperator,
    CloudVisionUpdateProductSetOperator,
)

with DAG('google_vision', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudVisionCreateProductSetOperator(task_id="cloud_vision_create_product_set", product_set={"display_name": "x"}, location="eu")
    CloudVisionCreateProductSetOperator(task_id="cloud_vision_create_product_set_all", product_set={"display_name": "x"}, location="eu", project_id="the-project-id", product_set_id="the-product-set-id")
    CloudVisionGetProductSetOperator(task_id="cloud_vision_get_product_set", location="eu", product_set_id="the-product-set-id")
    CloudVisionGetProductSetOperator(task_id="cloud_vision_get_product_set_all", location="eu", product_set_id="the-product-set-id", project_id="the-project-id")
    CloudVisionUpdateProductSetOperator(task_id="cloud_vision_update_product_set", product_set={"display_name": "x"})
    CloudVisionUpdateProductSetOperator(task_id="cloud_vision_update_product_set_all", product_set={"display_name": "x"}, location="eu", product_set_id="the-product-set-id", project_id="the-project-id", update_mask={"paths": ["name"]})
    CloudVisionDeleteProductSetOperator(task_id="cloud_vision_delete_product_set", location="eu", product_set_id="the-product-set-id")
    CloudVisionDeleteProductSetOperator(task_id="cloud_vision_delete_product_set_all", location="eu", product_set_id="the-product-set-id", project_id="the-project-id")
    CloudVisionCreateProductOperator(task_id="cloud_vision_create_product", location="eu", product="the-product")
    CloudVisionCreateProductOperator(task_id="cloud_vision_create_product_all", location="eu", product="the-product", project_id="the-project-id", product_id="the-product-id")
    CloudVisionGetProductOperator(task_id="cloud_vision_get_product", location="eu", product_id="the-product-id")
    CloudVisionGetProductOperator(task_id="cloud_vision_get_product_all", location="eu", product_id="the-product-id", project_id="the-project-id")
    CloudVisionUpdateProductOperator(task_id="cloud_vision_update_product", product={"display_name": "x"})
    CloudVisionUpdateProductOperator(task_id="cloud_vision_update_product_all", product={"display_name": "x"}, location="eu", product_id="the-product-id", project_id="the-project-id", update_mask={"paths": ["name"]})
    CloudVisionDeleteProductOperator(task_id="cloud_vision_delete_product", location="eu", product_id="the-product-id")
    CloudVisionDeleteProductOperator(task_id="cloud_vision_delete_product_all", location="eu", product_id="the-product-id", project_id="the-project-id")
    CloudVisionCreateReferenceImageOperator(task_id="cloud_vision_create_reference_image", location="eu", reference_image={"uri": "gs://a"}, product_id="the-product-id")
    CloudVisionCreateReferenceImageOperator(task_id="cloud_vision_create_reference_image_all", location="eu", reference_image={"uri": "gs://a"}, product_id="the-product-id", reference_image_id="the-reference-image-id", project_id="the-project-id")
    CloudVisionDeleteReferenceImageOperator(task_id="cloud_vision_delete_reference_image", location="eu", product_id="the-product-id", reference_image_id="the-reference-image-id")
    CloudVisionDeleteReferenceImageOperator(task_id="cloud_vision_delete_reference_image_all", location="eu", product_id="the-product-id", reference_image_id="the-reference-image-id", project_id="the-project-id")
    CloudVisionAddProductToProductSetOperator(task_id="cloud_vision_add_product_to_product_set", product_set_id="the-product-set-id", product_id="the-product-id", location="eu")
    CloudVisionAddProductToProductSetOperator(task_id="cloud_vision_add_product_to_product_set_all", product_set_id="the-product-set-id", product_id="the-product-id", location="eu", project_id="the-project-id")
    CloudVisionRemoveProductFromProductSetOperator(task_id="cloud_vision_remove_product_from_product_set", product_set_id="the-product-set-id", product_id="the-product-id", location="eu")
    CloudVisionRemoveProductFromProductSetOperator(task_id="cloud_vision_remove_product_from_product_set_all", product_set_id="the-product-set-id", product_id="the-product-id", location="eu", project_id="the-project-id")
    CloudVisionImageAnnotateOperator(task_id="cloud_vision_image_annotate", request={"image": {"content": b"a"}})
    CloudVisionImageAnnotateOperator(task_id="cloud_vision_image_annotate_all", request={"image": {"content": b"a"}})
    CloudVisionDetectTextOperator(task_id="cloud_vision_detect_text", image={"content": b"a"})
    CloudVisionDetectTextOperator(task_id="cloud_vision_detect_text_all", image={"content": b"a"}, max_results=7, language_hints="the-language-hints", web_detection_params={}, additional_properties={})
    CloudVisionTextDetectOperator(task_id="cloud_vision_text_detect", image={"content": b"a"})
    CloudVisionTextDetectOperator(task_id="cloud_vision_text_detect_all", image={"content": b"a"}, max_results=7, language_hints="the-language-hints", web_detection_params={}, additional_properties={})
    CloudVisionDetectImageLabelsOperator(task_id="cloud_vision_detect_image_labels", image={"content": b"a"})
    CloudVisionDetectImageLabelsOperator(task_id="cloud_vision_detect_image_labels_all", image={"content": b"a"}, max_results=7, additional_properties={})
    CloudVisionDetectImageSafeSearchOperator(task_id="cloud_vision_detect_image_safe_search", image={"content": b"a"})
    CloudVisionDetectImageSafeSearchOperator(task_id="cloud_vision_detect_image_safe_search_all", image={"content": b"a"}, max_results=7, additional_properties={})

# differs: cloud_vision_update_product_set: without a name Airflow raises before it asks
# differs: cloud_vision_update_product: for a dict Airflow raises, by a mistake of its own
# differs: cloud_vision_update_product_all: for a dict Airflow raises, by a mistake of its own
