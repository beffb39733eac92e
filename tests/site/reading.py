"""A page read back: its text by block, its tags, its links."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})


class Page(HTMLParser):
    """``blocks``: the text below each heading that has an id; ``tags``: every start tag."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: dict[str, str] = {}
        self.open: list[str] = []
        self.unmatched: list[str] = []
        self._block = "head"
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)
        name = dict(attrs).get("id")
        if tag in ("h1", "h2", "h3"):
            self._block = name or tag
        self._add(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unmatched.append(tag)
        if tag not in ("code", "b", "a", "span"):
            self._add(" ")

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self._add(data)

    def _add(self, text: str) -> None:
        self.blocks[self._block] = self.blocks.get(self._block, "") + text

    def block(self, name: str) -> str:
        """The text of a block, white space as one space."""
        return " ".join(self.blocks[name].split())

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.blocks.values()).split())

    def attributes(self, tag: str, name: str) -> list[str]:
        return [a[name] or "" for t, a in self.tags if t == tag and name in a]
