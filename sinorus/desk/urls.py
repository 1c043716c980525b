"""Public routes of the desk: readers' reports."""

from django.urls import path

from .reports import receipt, report

urlpatterns = [
    path("report/", report, name="report"),
    path("report/<str:number>/", receipt, name="report-receipt"),
]
