"""Routes of the bibliography and the assessments."""

from sinorus.facets.urls import catalogue

from .views import AssessmentDetail, AssessmentList, SourceDetail, SourceList

urlpatterns = [
    *catalogue("sources", "source", SourceList, SourceDetail),
    *catalogue("assessments", "assessment", AssessmentList, AssessmentDetail),
]
