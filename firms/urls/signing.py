"""The pages of what is signed, and of links that act without an account."""

from django.urls import path

from firms.views import links, signing

urlpatterns = [
    path("signing/<int:pk>/", signing.sign, name="sign"),
    path("signing/<int:pk>/file/", signing.sign_file, name="sign_file"),
    path("signing/<int:pk>/picture/", signing.signature_picture, name="signature_picture"),
    path("act/<str:token>/", links.act, name="act"),
    path("act/<str:token>/done/", links.acted, name="acted"),
    path("act/<str:token>/file/", links.act_file, name="act_file"),
    path("links/", links.links, name="links"),
    path("links/<int:pk>/revoke/", links.link_revoke, name="link_revoke"),
]
