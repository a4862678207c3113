"""Addresses of the app."""

from django.urls import path

from certificates.views import certificates, groups, papers, templates, verification

app_name = "certificates"
urlpatterns = [
    path("v/", verification.verify_form, name="verify_form"),
    path("v/<str:token>/", verification.verify, name="verify"),
    path("my/certificates/", certificates.my_certificates, name="my_certificates"),
    path("certificates/", certificates.certificate_list, name="certificate_list"),
    path("certificates/<int:pk>/", certificates.certificate_detail, name="certificate_detail"),
    path("certificates/<int:pk>/pdf/", papers.certificate_download, name="certificate_download"),
    path("certificates/<int:pk>/make/", papers.certificate_produce, name="certificate_produce"),
    path("certificates/<int:pk>/retry/", papers.certificate_retry, name="certificate_retry"),
    path(
        "certificates/<int:pk>/revoke/", certificates.certificate_revoke, name="certificate_revoke"
    ),
    path(
        "certificates/<int:pk>/reissue/",
        certificates.certificate_reissue,
        name="certificate_reissue",
    ),
    path(
        "training/groups/<int:pk>/certificates/",
        groups.group_certificates,
        name="group_certificates",
    ),
    path("training/groups/<int:pk>/certificates/zip/", groups.group_papers, name="group_papers"),
    path("training/groups/<int:pk>/certificates/issue/", groups.group_issue, name="group_issue"),
    path(
        "projects/<slug:code>/certificate-templates/", templates.template_list, name="template_list"
    ),
    path(
        "projects/<slug:code>/certificate-templates/add/",
        templates.template_add,
        name="template_add",
    ),
    path("certificate-templates/<int:pk>/", templates.template_edit, name="template_edit"),
    path(
        "certificate-templates/<int:pk>/preview/",
        templates.template_preview,
        name="template_preview",
    ),
    path(
        "certificate-templates/<int:pk>/archive/",
        templates.template_archive,
        name="template_archive",
    ),
]
