"""What is kept until when, and what is done afterwards; the rules of the land with their sources."""

from django.urls import path

from grants.views import keeping, schemes

urlpatterns = [
    path("keeping/", keeping.keeping, name="keeping"),
    path("keeping.xlsx", keeping.keeping_xlsx, name="keeping_xlsx"),
    path("keeping/destruction/", keeping.destruction, name="destruction"),
    path("destructions/<int:pk>/void/", keeping.destruction_void, name="destruction_void"),
    path("cases/<int:pk>/bundle/", keeping.bundle, name="bundle"),
    # schemes
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/<slug:name>/", schemes.scheme, name="scheme"),
    path("schemes/<slug:name>/cases/", schemes.scheme_cases, name="scheme_cases"),
]
