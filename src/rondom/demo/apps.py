"""The room `demo`."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the room under the label `demo`, one-click sign-in and the stand-ins for DigiD and eHerkenning."""

    name = "rondom.demo"
    label = "demo"

    def ready(self) -> None:
        from rondom.accounts import oidc, sessions
        from rondom.demo.digid import EHERKENNING, PROVIDER
        from rondom.demo.guard import refuse_elsewhere

        refuse_elsewhere()
        sessions.WHOLE_BACKENDS.register("rondom.demo.backends.OneClick", "substantial")
        oidc.stand_ins.register(PROVIDER.id, PROVIDER)
        oidc.stand_ins.register(EHERKENNING.id, EHERKENNING)
