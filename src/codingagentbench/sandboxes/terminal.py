"""A terminal recording in asciicast v2, written as the output comes.

https://docs.asciinema.org/manual/asciicast/v2/: a header line, then one ``[seconds, "o", text]``
a line.
"""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from types import TracebackType
from typing import IO

from codingagentbench.redact import Redactor


class CastWriter:
    """Writes one recording; :meth:`write` is a sink for ``Slot.run``.

    Bytes are redacted first, then decoded as they come: a character or a secret may be split over
    two pieces, what is not UTF-8 becomes the replacement character. At most ``limit_bytes`` of
    output are kept, and a visible note says where the rest was cut.
    """

    def __init__(
        self,
        path: Path,
        *,
        redactor: Redactor,
        columns: int = 120,
        rows: int = 32,
        limit_bytes: int = 64 << 20,
        title: str | None = None,
    ) -> None:
        """Raises ``OSError`` when ``path`` cannot be written."""
        self._redacted = redactor.stream()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._limit, self._kept, self._seen = limit_bytes, 0, 0
        self._seconds = 0.0
        header: dict[str, object] = {"version": 2, "width": columns, "height": rows}
        if title is not None:
            header["title"] = redactor.text(title)
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="\n")
        self._line(header)

    def __enter__(self) -> CastWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def write(self, seconds: float, data: bytes) -> None:
        """Output that came ``seconds`` after the start."""
        self._seconds = max(self._seconds, seconds)  # players want time to go one way
        kept = data[: max(self._limit - self._kept, 0)]
        self._seen += len(data)
        self._kept += len(kept)
        if kept:
            self._event(self._decoder.decode(self._redacted.feed(kept)))

    def close(self, *, output_bytes: int | None = None) -> None:
        """End the recording. ``output_bytes``: all that was printed, as in ``Exit``."""
        if self._file.closed:
            return
        self._event(self._decoder.decode(self._redacted.flush(), final=True))
        printed = max(self._seen, output_bytes or 0)
        if printed > self._kept:
            self._event(f"\r\n[recording cut: {self._kept} of {printed} bytes kept]\r\n")
        self._file.close()

    def _event(self, text: str) -> None:
        if text:
            self._line([round(self._seconds, 6), "o", text])

    def _line(self, value: object) -> None:
        self._file.write(json.dumps(value, ensure_ascii=False) + "\n")
