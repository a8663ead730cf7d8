"""Production's own settings, which have refused everything insecure by now; but no test asks a real bank."""

from config.settings import *  # noqa: F403
from config.settings import CLEARING_DAYS, PRODUCTION

assert PRODUCTION
GATEWAYS = ["sandbox"]
GATEWAY = "sandbox"
CLEARING_DAYS = dict.fromkeys(CLEARING_DAYS, 0)
