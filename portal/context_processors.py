"""What every template may ask."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """The demo mark, the words of the footer, and who else may say who somebody is."""
    return {
        "DEMO": settings.DEMO,
        "SITE_NAME": settings.SITE_NAME,
        "SITE_OWNER": settings.SITE_OWNER,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "CONTACT_PHONE": settings.CONTACT_PHONE,
        "SIGN_IN_PROVIDERS": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"],
    }
