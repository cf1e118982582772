"""Below /api/ there are no cookies: a browser that is signed in is nobody here, and its session is not touched."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

API = "/api/"


class NoCookies:
    """Take the cookies off a request to the API before anything looks at them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(API):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)
