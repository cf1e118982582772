"""A browser that fills in a form of a real page: sign in, take what the page gives, send it back."""

import http.client
from html.parser import HTMLParser

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from rondom.demo.walk import Browser


class Fields(HTMLParser):
    """Gathers the values a page would send back, and the choices of its boxes."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.boxes: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name"), given.get("value") or ""
        if tag != "input" or not name:
            return
        if given.get("type") == "hidden":
            self.hidden[name] = value
        elif given.get("type") == "checkbox":
            self.boxes.setdefault(name, []).append(value)


class FormBrowser(Browser):
    """A signed-in browser that sends forms with files."""

    def fields(self, path: str) -> Fields:
        """Open a page and return its form."""
        status, body, _answered = self.open(path)
        assert status == 200, (path, status)
        fields = Fields()
        fields.feed(body)
        return fields

    def wrong_password(self, username: str) -> str:
        """Try to sign in with a password that is not theirs; return the page that answers."""
        token = self.fields("/aanmelden/").hidden["csrfmiddlewaretoken"]
        form = {"csrfmiddlewaretoken": token, "login": username, "password": "niet het goede woord"}
        return self.request("POST", "/aanmelden/", form)[1]

    def send(self, path: str, data: dict[str, object]) -> tuple[int, str]:
        """Post a form with files; return (status, where the answer leads)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Content-Type": MULTIPART_CONTENT,
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        try:
            connection.request("POST", path, encode_multipart(BOUNDARY, data), headers)
            response = connection.getresponse()
            response.read()
            return response.status, response.headers.get("Location") or ""
        finally:
            connection.close()
