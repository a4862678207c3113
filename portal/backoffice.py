"""The door of the back office: rows to look at, for administrators alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from projects.access import can_administer


class BackOffice(admin.AdminSite):
    """Open as long as the role of an administrator is held; no flag of an account opens it."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and can_administer(request.user)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Everybody signs in at one door; whoever has and is no administrator stays outside."""
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take in what only shows; what packages bring along (groups, addresses) could be changed."""
        from projects.admin import ReadingAdmin  # it registers its models here

        if admin_class and issubclass(admin_class, ReadingAdmin):
            super().register(model_or_iterable, admin_class, **options)
