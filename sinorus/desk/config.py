"""The admin with the desk as its site; apart from ``apps``, so that each module has one configuration of an app."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    default_site = "sinorus.desk.site.DeskSite"
