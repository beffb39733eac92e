"""Takes deliveries of the partners and hands them to the shop."""

import json

from signing import accepted


class Hook:
    """One partner's door. ``handle`` answers with a status and a text."""

    def __init__(self, secret, take):
        self._secret, self._take = secret, take

    def handle(self, headers, body, now):
        stamp, given = headers.get("X-Stamp", ""), headers.get("X-Signature", "")
        if not stamp.isdigit() or not accepted(self._secret, int(stamp), body, given, now):
            return 401, "not signed"
        try:
            event = json.loads(body)
        except ValueError:
            return 400, "no JSON"
        self._take(event)
        return 200, "taken"
