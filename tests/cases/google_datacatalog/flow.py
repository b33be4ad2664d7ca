"""Datacatalog of Google Cloud: each operator with what it must have, and with more."""
import sys
from contextlib import suppress
from datetime import datetime

from google.api_core.exceptions import AlreadyExists, NotFound
from google.cloud.datacatalog import (
    DataCatalogClient, Entry, EntryGroup, SearchCatalogResult, Tag, TagTemplate, TagTemplateField
)
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="cloud_data_catalog_create_entry",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_create_entry():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu/entryGroups/the-entry-group"
    try:
        made = client.create_entry(
            request={"parent": parent, "entry_id": "the-entry-id", "entry": {"display_name": "x"}}
        )
    except AlreadyExists:
        made = client.get_entry(request={"name": f"{parent}/entries/the-entry-id"})
    return Entry.to_dict(made)


@task(
    name="cloud_data_catalog_create_entry_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_create_entry_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu/entryGroups/the-entry-group"
    try:
        made = client.create_entry(
            request={"parent": parent, "entry_id": "the-entry-id", "entry": {"display_name": "x"}}
        )
    except AlreadyExists:
        made = client.get_entry(request={"name": f"{parent}/entries/the-entry-id"})
    return Entry.to_dict(made)


@task(
    name="cloud_data_catalog_create_entry_group",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_create_entry_group():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    try:
        made = client.create_entry_group(
            request={"parent": parent, "entry_group_id": "the-entry-group-id", "entry_group": {"display_name": "x"}}
        )
    except AlreadyExists:
        made = client.get_entry_group(request={"name": f"{parent}/entryGroups/the-entry-group-id"})
    return EntryGroup.to_dict(made)


@task(
    name="cloud_data_catalog_create_entry_group_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_create_entry_group_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    try:
        made = client.create_entry_group(
            request={"parent": parent, "entry_group_id": "the-entry-group-id", "entry_group": {"display_name": "x"}}
        )
    except AlreadyExists:
        made = client.get_entry_group(request={"name": f"{parent}/entryGroups/the-entry-group-id"})
    return EntryGroup.to_dict(made)


@task(
    name="cloud_data_catalog_create_tag_template",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_create_tag_template():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu"
    try:
        made = client.create_tag_template(
            request={"parent": parent, "tag_template_id": "the-tag-template-id", "tag_template": {"display_name": "x"}}
        )
    except AlreadyExists:
        made = client.get_tag_template(request={"name": f"{parent}/tagTemplates/the-tag-template-id"})
    return TagTemplate.to_dict(made)


@task(
    name="cloud_data_catalog_create_tag_template_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_create_tag_template_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu"
    try:
        made = client.create_tag_template(
            request={"parent": parent, "tag_template_id": "the-tag-template-id", "tag_template": {"display_name": "x"}}
        )
    except AlreadyExists:
        made = client.get_tag_template(request={"name": f"{parent}/tagTemplates/the-tag-template-id"})
    return TagTemplate.to_dict(made)


@task(
    name="cloud_data_catalog_create_tag_template_field",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_create_tag_template_field():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu/tagTemplates/the-tag-template"
    try:
        made = client.create_tag_template_field(
            request={
                "parent": parent,
                "tag_template_field_id": "the-tag-template-field-id",
                "tag_template_field": {"display_name": "x"},
            }
        )
    except AlreadyExists:
        made = client.get_tag_template(request={"name": parent}).fields["the-tag-template-field-id"]
    return TagTemplateField.to_dict(made)


@task(
    name="cloud_data_catalog_create_tag_template_field_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_create_tag_template_field_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu/tagTemplates/the-tag-template"
    try:
        made = client.create_tag_template_field(
            request={
                "parent": parent,
                "tag_template_field_id": "the-tag-template-field-id",
                "tag_template_field": {"display_name": "x"},
            }
        )
    except AlreadyExists:
        made = client.get_tag_template(request={"name": parent}).fields["the-tag-template-field-id"]
    return TagTemplateField.to_dict(made)


@task(
    name="cloud_data_catalog_delete_entry",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_entry():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/entryGroups/the-entry-group/entries/the-entry"
    with suppress(NotFound):
        client.delete_entry(request={"name": name})


@task(
    name="cloud_data_catalog_delete_entry_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_entry_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/entryGroups/the-entry-group/entries/the-entry"
    with suppress(NotFound):
        client.delete_entry(request={"name": name})


@task(
    name="cloud_data_catalog_delete_entry_group",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_entry_group():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/entryGroups/the-entry-group"
    with suppress(NotFound):
        client.delete_entry_group(request={"name": name})


@task(
    name="cloud_data_catalog_delete_entry_group_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_entry_group_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/entryGroups/the-entry-group"
    with suppress(NotFound):
        client.delete_entry_group(request={"name": name})


@task(
    name="cloud_data_catalog_delete_tag",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_tag():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/entryGroups/the-entry-group/entries/the-entry/tags/the-tag"
    with suppress(NotFound):
        client.delete_tag(request={"name": name})


@task(
    name="cloud_data_catalog_delete_tag_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_tag_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/entryGroups/the-entry-group/entries/the-entry/tags/the-tag"
    with suppress(NotFound):
        client.delete_tag(request={"name": name})


@task(
    name="cloud_data_catalog_delete_tag_template",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_tag_template():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/tagTemplates/the-tag-template"
    with suppress(NotFound):
        client.delete_tag_template(request={"name": name, "force": True})


@task(
    name="cloud_data_catalog_delete_tag_template_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_tag_template_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/tagTemplates/the-tag-template"
    with suppress(NotFound):
        client.delete_tag_template(request={"name": name, "force": True})


@task(
    name="cloud_data_catalog_delete_tag_template_field",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_tag_template_field():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/tagTemplates/the-tag-template/fields/the-field"
    with suppress(NotFound):
        client.delete_tag_template_field(request={"name": name, "force": True})


@task(
    name="cloud_data_catalog_delete_tag_template_field_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_delete_tag_template_field_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/tagTemplates/the-tag-template/fields/the-field"
    with suppress(NotFound):
        client.delete_tag_template_field(request={"name": name, "force": True})


@task(
    name="cloud_data_catalog_get_entry",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_get_entry():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/entryGroups/the-entry-group/entries/the-entry"
    return Entry.to_dict(client.get_entry(request={"name": name}))


@task(
    name="cloud_data_catalog_get_entry_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_get_entry_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/entryGroups/the-entry-group/entries/the-entry"
    return Entry.to_dict(client.get_entry(request={"name": name}))


@task(
    name="cloud_data_catalog_get_entry_group",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_get_entry_group():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/entryGroups/the-entry-group"
    return EntryGroup.to_dict(client.get_entry_group(request={"name": name, "read_mask": {"paths": ["name"]}}))


@task(
    name="cloud_data_catalog_get_entry_group_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_get_entry_group_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/entryGroups/the-entry-group"
    return EntryGroup.to_dict(client.get_entry_group(request={"name": name, "read_mask": {"paths": ["name"]}}))


@task(
    name="cloud_data_catalog_get_tag_template",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_get_tag_template():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/tagTemplates/the-tag-template"
    return TagTemplate.to_dict(client.get_tag_template(request={"name": name}))


@task(
    name="cloud_data_catalog_get_tag_template_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_get_tag_template_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/tagTemplates/the-tag-template"
    return TagTemplate.to_dict(client.get_tag_template(request={"name": name}))


@task(
    name="cloud_data_catalog_list_tags",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_list_tags():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    parent = f"projects/{gcp_credentials.project}/locations/eu/entryGroups/the-entry-group/entries/the-entry"
    return [Tag.to_dict(tag) for tag in client.list_tags(request={"parent": parent, "page_size": 100})]


@task(
    name="cloud_data_catalog_list_tags_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_list_tags_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    parent = "projects/the-project-id/locations/eu/entryGroups/the-entry-group/entries/the-entry"
    return [Tag.to_dict(tag) for tag in client.list_tags(request={"parent": parent, "page_size": 100})]


@task(
    name="cloud_data_catalog_lookup_entry",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_lookup_entry():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    return Entry.to_dict(client.lookup_entry(request={}))


@task(name="cloud_data_catalog_lookup_entry_all")
def cloud_data_catalog_lookup_entry_all():
    # CloudDataCatalogLookupEntryOperator(task_id="cloud_data_catalog_lookup_entry_all", linked_resource="the-linked-resource", sql_resource="the-sql-resource")
    raise NotImplementedError("A2P220: CloudDataCatalogLookupEntryOperator(sql_resource=...) changes what the task does and cannot be carried over")


@task(
    name="cloud_data_catalog_rename_tag_template_field",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_rename_tag_template_field():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = DataCatalogClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/tagTemplates/the-tag-template/fields/the-field"
    client.rename_tag_template_field(
        request={"name": name, "new_tag_template_field_id": "the-new-tag-template-field-id"}
    )


@task(
    name="cloud_data_catalog_rename_tag_template_field_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_rename_tag_template_field_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/tagTemplates/the-tag-template/fields/the-field"
    client.rename_tag_template_field(
        request={"name": name, "new_tag_template_field_id": "the-new-tag-template-field-id"}
    )


@task(
    name="cloud_data_catalog_search_catalog",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_search_catalog():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    found = client.search_catalog(
        request={"scope": {"include_project_ids": ["p"]}, "query": "INSERT INTO a; UPDATE b", "page_size": 100}
    )
    return [SearchCatalogResult.to_dict(result) for result in found]


@task(
    name="cloud_data_catalog_search_catalog_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_search_catalog_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    found = client.search_catalog(
        request={
            "scope": {"include_project_ids": ["p"]},
            "query": "INSERT INTO a; UPDATE b",
            "page_size": 100,
            "order_by": "the-order-by",
        }
    )
    return [SearchCatalogResult.to_dict(result) for result in found]


@task(
    name="cloud_data_catalog_update_entry",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_update_entry():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Entry({"display_name": "x"})
    client.update_entry(request={"entry": new, "update_mask": {"paths": ["name"]}})


@task(
    name="cloud_data_catalog_update_entry_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_update_entry_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Entry({"display_name": "x"})
    new.name = "projects/the-project-id/locations/eu/entryGroups/the-entry-group/entries/the-entry-id"
    client.update_entry(request={"entry": new, "update_mask": {"paths": ["name"]}})


@task(
    name="cloud_data_catalog_update_tag",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_update_tag():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Tag({"template": "t"})
    client.update_tag(request={"tag": new, "update_mask": {"paths": ["name"]}})


@task(
    name="cloud_data_catalog_update_tag_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_update_tag_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = Tag({"template": "t"})
    new.name = "projects/the-project-id/locations/eu/entryGroups/the-entry-group/entries/the-entry/tags/the-tag-id"
    client.update_tag(request={"tag": new, "update_mask": {"paths": ["name"]}})


@task(
    name="cloud_data_catalog_update_tag_template",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_update_tag_template():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = TagTemplate({"display_name": "x"})
    client.update_tag_template(request={"tag_template": new, "update_mask": {"paths": ["name"]}})


@task(
    name="cloud_data_catalog_update_tag_template_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_update_tag_template_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    new = TagTemplate({"display_name": "x"})
    new.name = "projects/the-project-id/locations/eu/tagTemplates/the-tag-template-id"
    client.update_tag_template(request={"tag_template": new, "update_mask": {"paths": ["name"]}})


@task(
    name="cloud_data_catalog_update_tag_template_field",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_update_tag_template_field():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = None
    client.update_tag_template_field(
        request={"name": name, "tag_template_field": {"display_name": "x"}, "update_mask": {"paths": ["name"]}}
    )


@task(
    name="cloud_data_catalog_update_tag_template_field_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_data_catalog_update_tag_template_field_all():
    client = DataCatalogClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/tagTemplates/the-tag-template/fields/the-tag-template-field-id"
    client.update_tag_template_field(
        request={"name": name, "tag_template_field": {"display_name": "x"}, "update_mask": {"paths": ["name"]}}
    )


@flow(name="google_datacatalog")
def google_datacatalog(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    cloud_data_catalog_create_entry_run = cloud_data_catalog_create_entry.submit()
    cloud_data_catalog_create_entry_all_run = cloud_data_catalog_create_entry_all.submit()
    cloud_data_catalog_create_entry_group_run = cloud_data_catalog_create_entry_group.submit()
    cloud_data_catalog_create_entry_group_all_run = cloud_data_catalog_create_entry_group_all.submit()
    cloud_data_catalog_create_tag_template_run = cloud_data_catalog_create_tag_template.submit()
    cloud_data_catalog_create_tag_template_all_run = cloud_data_catalog_create_tag_template_all.submit()
    cloud_data_catalog_create_tag_template_field_run = cloud_data_catalog_create_tag_template_field.submit()
    cloud_data_catalog_create_tag_template_field_all_run = cloud_data_catalog_create_tag_template_field_all.submit()
    cloud_data_catalog_delete_entry_run = cloud_data_catalog_delete_entry.submit()
    cloud_data_catalog_delete_entry_all_run = cloud_data_catalog_delete_entry_all.submit()
    cloud_data_catalog_delete_entry_group_run = cloud_data_catalog_delete_entry_group.submit()
    cloud_data_catalog_delete_entry_group_all_run = cloud_data_catalog_delete_entry_group_all.submit()
    cloud_data_catalog_delete_tag_run = cloud_data_catalog_delete_tag.submit()
    cloud_data_catalog_delete_tag_all_run = cloud_data_catalog_delete_tag_all.submit()
    cloud_data_catalog_delete_tag_template_run = cloud_data_catalog_delete_tag_template.submit()
    cloud_data_catalog_delete_tag_template_all_run = cloud_data_catalog_delete_tag_template_all.submit()
    cloud_data_catalog_delete_tag_template_field_run = cloud_data_catalog_delete_tag_template_field.submit()
    cloud_data_catalog_delete_tag_template_field_all_run = cloud_data_catalog_delete_tag_template_field_all.submit()
    cloud_data_catalog_get_entry_run = cloud_data_catalog_get_entry.submit()
    cloud_data_catalog_get_entry_all_run = cloud_data_catalog_get_entry_all.submit()
    cloud_data_catalog_get_entry_group_run = cloud_data_catalog_get_entry_group.submit()
    cloud_data_catalog_get_entry_group_all_run = cloud_data_catalog_get_entry_group_all.submit()
    cloud_data_catalog_get_tag_template_run = cloud_data_catalog_get_tag_template.submit()
    cloud_data_catalog_get_tag_template_all_run = cloud_data_catalog_get_tag_template_all.submit()
    cloud_data_catalog_list_tags_run = cloud_data_catalog_list_tags.submit()
    cloud_data_catalog_list_tags_all_run = cloud_data_catalog_list_tags_all.submit()
    cloud_data_catalog_lookup_entry_run = cloud_data_catalog_lookup_entry.submit()
    cloud_data_catalog_lookup_entry_all_run = cloud_data_catalog_lookup_entry_all.submit()
    cloud_data_catalog_rename_tag_template_field_run = cloud_data_catalog_rename_tag_template_field.submit()
    cloud_data_catalog_rename_tag_template_field_all_run = cloud_data_catalog_rename_tag_template_field_all.submit()
    cloud_data_catalog_search_catalog_run = cloud_data_catalog_search_catalog.submit()
    cloud_data_catalog_search_catalog_all_run = cloud_data_catalog_search_catalog_all.submit()
    cloud_data_catalog_update_entry_run = cloud_data_catalog_update_entry.submit()
    cloud_data_catalog_update_entry_all_run = cloud_data_catalog_update_entry_all.submit()
    cloud_data_catalog_update_tag_run = cloud_data_catalog_update_tag.submit()
    cloud_data_catalog_update_tag_all_run = cloud_data_catalog_update_tag_all.submit()
    cloud_data_catalog_update_tag_template_run = cloud_data_catalog_update_tag_template.submit()
    cloud_data_catalog_update_tag_template_all_run = cloud_data_catalog_update_tag_template_all.submit()
    cloud_data_catalog_update_tag_template_field_run = cloud_data_catalog_update_tag_template_field.submit()
    cloud_data_catalog_update_tag_template_field_all_run = cloud_data_catalog_update_tag_template_field_all.submit()
    return [
        cloud_data_catalog_create_entry_run,
        cloud_data_catalog_create_entry_all_run,
        cloud_data_catalog_create_entry_group_run,
        cloud_data_catalog_create_entry_group_all_run,
        cloud_data_catalog_create_tag_template_run,
        cloud_data_catalog_create_tag_template_all_run,
        cloud_data_catalog_create_tag_template_field_run,
        cloud_data_catalog_create_tag_template_field_all_run,
        cloud_data_catalog_delete_entry_run,
        cloud_data_catalog_delete_entry_all_run,
        cloud_data_catalog_delete_entry_group_run,
        cloud_data_catalog_delete_entry_group_all_run,
        cloud_data_catalog_delete_tag_run,
        cloud_data_catalog_delete_tag_all_run,
        cloud_data_catalog_delete_tag_template_run,
        cloud_data_catalog_delete_tag_template_all_run,
        cloud_data_catalog_delete_tag_template_field_run,
        cloud_data_catalog_delete_tag_template_field_all_run,
        cloud_data_catalog_get_entry_run,
        cloud_data_catalog_get_entry_all_run,
        cloud_data_catalog_get_entry_group_run,
        cloud_data_catalog_get_entry_group_all_run,
        cloud_data_catalog_get_tag_template_run,
        cloud_data_catalog_get_tag_template_all_run,
        cloud_data_catalog_list_tags_run,
        cloud_data_catalog_list_tags_all_run,
        cloud_data_catalog_lookup_entry_run,
        cloud_data_catalog_lookup_entry_all_run,
        cloud_data_catalog_rename_tag_template_field_run,
        cloud_data_catalog_rename_tag_template_field_all_run,
        cloud_data_catalog_search_catalog_run,
        cloud_data_catalog_search_catalog_all_run,
        cloud_data_catalog_update_entry_run,
        cloud_data_catalog_update_entry_all_run,
        cloud_data_catalog_update_tag_run,
        cloud_data_catalog_update_tag_all_run,
        cloud_data_catalog_update_tag_template_run,
        cloud_data_catalog_update_tag_template_all_run,
        cloud_data_catalog_update_tag_template_field_run,
        cloud_data_catalog_update_tag_template_field_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_datacatalog(return_state=True).is_completed())
