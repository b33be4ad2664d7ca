"""Datacatalog of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.datacatalog import (
    CloudDataCatalogCreateEntryGroupOperator,
    CloudDataCatalogCreateEntryOperator,
    CloudDataCatalogCreateTagTemplateFieldOperator,
    CloudDataCatalogCreateTagTemplateOperator,
    CloudDataCatalogDeleteEntryGroupOperator,
    CloudDataCatalogDeleteEntryOperator,
    CloudDataCatalogDeleteTagOperator,
    CloudDataCatalogDeleteTagTemplateFieldOperator,
    CloudDataCatalogDeleteTagTemplateOperator,
    CloudDataCatalogGetEntryGroupOperator,
    CloudDataCatalogGetEntryOperator,
    CloudDataCatalogGetTagTemplateOperator,
    CloudDataCatalogListTagsOperator,
    CloudDataCatalogLookupEntryOperator,
    CloudDataCatalogRenameTagTemplateFieldOperator,
    CloudDataCatalogSearchCatalogOperator,
    CloudDataCatalogUpdateEntryOperator,
    CloudDataCatalogUpdateTagOperator,
    CloudDataCatalogUpdateTagTemplateFieldOperator,
    CloudDataCatalogUpdateTagTemplateOperator,
)

with DAG('google_datacatalog', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudDataCatalogCreateEntryOperator(task_id="cloud_data_catalog_create_entry", location="eu", entry_group="the-entry-group", entry_id="the-entry-id", entry={"display_name": "x"})
    CloudDataCatalogCreateEntryOperator(task_id="cloud_data_catalog_create_entry_all", location="eu", entry_group="the-entry-group", entry_id="the-entry-id", entry={"display_name": "x"}, project_id="the-project-id")
    CloudDataCatalogCreateEntryGroupOperator(task_id="cloud_data_catalog_create_entry_group", location="eu", entry_group_id="the-entry-group-id", entry_group={"display_name": "x"})
    CloudDataCatalogCreateEntryGroupOperator(task_id="cloud_data_catalog_create_entry_group_all", location="eu", entry_group_id="the-entry-group-id", entry_group={"display_name": "x"}, project_id="the-project-id")
    CloudDataCatalogCreateTagTemplateOperator(task_id="cloud_data_catalog_create_tag_template", location="eu", tag_template_id="the-tag-template-id", tag_template={"display_name": "x"})
    CloudDataCatalogCreateTagTemplateOperator(task_id="cloud_data_catalog_create_tag_template_all", location="eu", tag_template_id="the-tag-template-id", tag_template={"display_name": "x"}, project_id="the-project-id")
    CloudDataCatalogCreateTagTemplateFieldOperator(task_id="cloud_data_catalog_create_tag_template_field", location="eu", tag_template="the-tag-template", tag_template_field_id="the-tag-template-field-id", tag_template_field={"display_name": "x"})
    CloudDataCatalogCreateTagTemplateFieldOperator(task_id="cloud_data_catalog_create_tag_template_field_all", location="eu", tag_template="the-tag-template", tag_template_field_id="the-tag-template-field-id", tag_template_field={"display_name": "x"}, project_id="the-project-id")
    CloudDataCatalogDeleteEntryOperator(task_id="cloud_data_catalog_delete_entry", location="eu", entry_group="the-entry-group", entry="the-entry")
    CloudDataCatalogDeleteEntryOperator(task_id="cloud_data_catalog_delete_entry_all", location="eu", entry_group="the-entry-group", entry="the-entry", project_id="the-project-id")
    CloudDataCatalogDeleteEntryGroupOperator(task_id="cloud_data_catalog_delete_entry_group", location="eu", entry_group="the-entry-group")
    CloudDataCatalogDeleteEntryGroupOperator(task_id="cloud_data_catalog_delete_entry_group_all", location="eu", entry_group="the-entry-group", project_id="the-project-id")
    CloudDataCatalogDeleteTagOperator(task_id="cloud_data_catalog_delete_tag", location="eu", entry_group="the-entry-group", entry="the-entry", tag="the-tag")
    CloudDataCatalogDeleteTagOperator(task_id="cloud_data_catalog_delete_tag_all", location="eu", entry_group="the-entry-group", entry="the-entry", tag="the-tag", project_id="the-project-id")
    CloudDataCatalogDeleteTagTemplateOperator(task_id="cloud_data_catalog_delete_tag_template", location="eu", tag_template="the-tag-template", force=True)
    CloudDataCatalogDeleteTagTemplateOperator(task_id="cloud_data_catalog_delete_tag_template_all", location="eu", tag_template="the-tag-template", force=True, project_id="the-project-id")
    CloudDataCatalogDeleteTagTemplateFieldOperator(task_id="cloud_data_catalog_delete_tag_template_field", location="eu", tag_template="the-tag-template", field="the-field", force=True)
    CloudDataCatalogDeleteTagTemplateFieldOperator(task_id="cloud_data_catalog_delete_tag_template_field_all", location="eu", tag_template="the-tag-template", field="the-field", force=True, project_id="the-project-id")
    CloudDataCatalogGetEntryOperator(task_id="cloud_data_catalog_get_entry", location="eu", entry_group="the-entry-group", entry="the-entry")
    CloudDataCatalogGetEntryOperator(task_id="cloud_data_catalog_get_entry_all", location="eu", entry_group="the-entry-group", entry="the-entry", project_id="the-project-id")
    CloudDataCatalogGetEntryGroupOperator(task_id="cloud_data_catalog_get_entry_group", location="eu", entry_group="the-entry-group", read_mask={"paths": ["name"]})
    CloudDataCatalogGetEntryGroupOperator(task_id="cloud_data_catalog_get_entry_group_all", location="eu", entry_group="the-entry-group", read_mask={"paths": ["name"]}, project_id="the-project-id")
    CloudDataCatalogGetTagTemplateOperator(task_id="cloud_data_catalog_get_tag_template", location="eu", tag_template="the-tag-template")
    CloudDataCatalogGetTagTemplateOperator(task_id="cloud_data_catalog_get_tag_template_all", location="eu", tag_template="the-tag-template", project_id="the-project-id")
    CloudDataCatalogListTagsOperator(task_id="cloud_data_catalog_list_tags", location="eu", entry_group="the-entry-group", entry="the-entry")
    CloudDataCatalogListTagsOperator(task_id="cloud_data_catalog_list_tags_all", location="eu", entry_group="the-entry-group", entry="the-entry", project_id="the-project-id")
    CloudDataCatalogLookupEntryOperator(task_id="cloud_data_catalog_lookup_entry", )
    CloudDataCatalogLookupEntryOperator(task_id="cloud_data_catalog_lookup_entry_all", linked_resource="the-linked-resource", sql_resource="the-sql-resource")
    CloudDataCatalogRenameTagTemplateFieldOperator(task_id="cloud_data_catalog_rename_tag_template_field", location="eu", tag_template="the-tag-template", field="the-field", new_tag_template_field_id="the-new-tag-template-field-id")
    CloudDataCatalogRenameTagTemplateFieldOperator(task_id="cloud_data_catalog_rename_tag_template_field_all", location="eu", tag_template="the-tag-template", field="the-field", new_tag_template_field_id="the-new-tag-template-field-id", project_id="the-project-id")
    CloudDataCatalogSearchCatalogOperator(task_id="cloud_data_catalog_search_catalog", scope={"include_project_ids": ["p"]}, query="INSERT INTO a; UPDATE b")
    CloudDataCatalogSearchCatalogOperator(task_id="cloud_data_catalog_search_catalog_all", scope={"include_project_ids": ["p"]}, query="INSERT INTO a; UPDATE b", order_by="the-order-by")
    CloudDataCatalogUpdateEntryOperator(task_id="cloud_data_catalog_update_entry", entry={"display_name": "x"}, update_mask={"paths": ["name"]})
    CloudDataCatalogUpdateEntryOperator(task_id="cloud_data_catalog_update_entry_all", entry={"display_name": "x"}, update_mask={"paths": ["name"]}, location="eu", entry_group="the-entry-group", entry_id="the-entry-id", project_id="the-project-id")
    CloudDataCatalogUpdateTagOperator(task_id="cloud_data_catalog_update_tag", tag={"template": "t"}, update_mask={"paths": ["name"]})
    CloudDataCatalogUpdateTagOperator(task_id="cloud_data_catalog_update_tag_all", tag={"template": "t"}, update_mask={"paths": ["name"]}, location="eu", entry_group="the-entry-group", entry="the-entry", tag_id="the-tag-id", project_id="the-project-id")
    CloudDataCatalogUpdateTagTemplateOperator(task_id="cloud_data_catalog_update_tag_template", tag_template={"display_name": "x"}, update_mask={"paths": ["name"]})
    CloudDataCatalogUpdateTagTemplateOperator(task_id="cloud_data_catalog_update_tag_template_all", tag_template={"display_name": "x"}, update_mask={"paths": ["name"]}, location="eu", tag_template_id="the-tag-template-id", project_id="the-project-id")
    CloudDataCatalogUpdateTagTemplateFieldOperator(task_id="cloud_data_catalog_update_tag_template_field", tag_template_field={"display_name": "x"}, update_mask={"paths": ["name"]})
    CloudDataCatalogUpdateTagTemplateFieldOperator(task_id="cloud_data_catalog_update_tag_template_field_all", tag_template_field={"display_name": "x"}, update_mask={"paths": ["name"]}, tag_template_field_name="the-tag-template-field-name", location="eu", tag_template="the-tag-template", tag_template_field_id="the-tag-template-field-id", project_id="the-project-id")

# differs: cloud_data_catalog_lookup_entry: without both arguments Airflow raises before it asks
# differs: cloud_data_catalog_update_entry: without a name Airflow raises before it asks
# differs: cloud_data_catalog_update_entry_all: Airflow reads the made-up name
# differs: cloud_data_catalog_update_tag: without a name Airflow raises before it asks
# differs: cloud_data_catalog_update_tag_all: Airflow reads the made-up name
# differs: cloud_data_catalog_update_tag_template: without a name Airflow raises before it asks
