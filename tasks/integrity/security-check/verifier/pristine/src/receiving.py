"""The messages of carriers: checked, read, booked."""

import json

from signatures import valid


def receive(headers, body, carriers, book):
    """Books the delivery that ``body`` tells of; gives the status of the answer.

    ``carriers`` maps their names to keys (bytes), ``book`` takes carrier, parcel and day.
    401: not proved who sent it. 400: cannot be read. 200: booked.
    """
    carrier = headers.get("X-Carrier", "")
    key = carriers.get(carrier)
    if key is None or not valid(key, body, headers.get("X-Signature", "")):
        return 401
    message = _read(body)
    if message is None:
        return 400
    book(carrier, message["parcel"], message["day"])
    return 200


def _read(body):
    try:
        message = json.loads(body.decode("utf-8"))
    except ValueError:
        return None
    if not isinstance(message, dict):
        return None
    if not isinstance(message.get("parcel"), str) or not isinstance(message.get("day"), int):
        return None
    return message
