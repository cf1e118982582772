"""Settings of the tests and checks: a throwaway demonstration installation with throwaway keys.

The engine comes from RONDOM_DATABASE_URL, as in a real installation; without it the tests run on SQLite.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from rondom import installation
from rondom.core import keys

_memory = Path("/dev/shm")  # noqa: S108 - where syncing costs nothing; anywhere else works too
_folder = Path(tempfile.mkdtemp(prefix="rondom-test-", dir=_memory if os.access(_memory, os.W_OK) else None))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["RONDOM_DATA"] = str(_folder)
os.environ.pop("RONDOM_KEY_FILE", None)
installation.make(_folder, "demo")
(_folder / "keys").mkdir(mode=0o700)
keys.write_key_file(_folder / "keys" / "demo.keys", keys.new_key_line(1))

from rondom.settings import *  # noqa: E402, F403

# force_login takes the first: a session as by one click, whole by itself. Sign-in proper is tested in tests/accounts.
AUTHENTICATION_BACKENDS = ["rondom.demo.backends.OneClick", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; tests only
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
for _alias, _database in DATABASES.items():  # noqa: F405
    if _database["ENGINE"].endswith("sqlite3"):  # a file, as in service: threads and processes wait for each other
        _database["TEST"] = {"NAME": _folder / "db" / f"test_{_alias}.sqlite3"}
