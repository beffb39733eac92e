"""What a Dockerfile would put into its image, as far as that is files: no image is pulled or built.

The base image is stood in for by this machine's own sandbox; what matters is what lies in the
working folder in the end, and that nothing else was asked for.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from codingagentbench.globs import matches
from codingagentbench.tasks.importing.dockerfile import Instruction, instructions, substituted
from codingagentbench.tasks.importing.dockerfile_run import run
from codingagentbench.tasks.importing.reading import MAX_BYTES, MAX_FILES, shown
from codingagentbench.tasks.importing.values import Broken, Content, Files, Unsupported

#: Base images that this machine can stand in for, by the beginning of their last part.
_BASES: Final = (
    (re.compile(r"(?:ubuntu|debian|buildpack-deps)\b"), ""),
    (re.compile(r"python\b"), "python"),
    (re.compile(r"rust\b"), "rust"),
    (re.compile(r"golang\b"), "go"),
    (re.compile(r"node\b"), "node"),
    (re.compile(r"gcc\b"), "c++"),
    (re.compile(r"(?:openjdk|eclipse-temurin)\b"), "java"),
)
_IDLE: Final = re.compile(r"\W*(?:\S*/)?(?:ba|da)?sh\W*|.*\b(?:sleep|tail)\b.*")


class Image:
    """Files by absolute paths, and what else a Dockerfile said."""

    def __init__(self, context: Files) -> None:
        self.files: dict[str, Content] = {}
        self.folders: set[str] = {"/"}
        self.workdir: str | None = None
        self.env: dict[str, str] = {}
        self.toolchains: list[str] = []
        self.warnings: list[str] = []
        self._context, self._args = context, dict[str, str]()
        self._based = False

    def follow(self, text: str) -> None:
        """Do what the Dockerfile ``text`` says; raises :class:`LeftOut` where that cannot be."""
        for instruction in instructions(text):
            does = _INSTRUCTIONS.get(instruction.word)
            if does is None:
                raise instruction.refuse(f"{shown(instruction.word)} is not understood")
            if not self._based and instruction.word not in ("FROM", "ARG"):
                raise Broken(f"Dockerfile line {instruction.line}: nothing comes before FROM")
            does(self, instruction)
        if not self._based:
            raise Broken("the Dockerfile has no FROM")

    def base(self, name: str, where: str) -> None:
        """Start from the image ``name``; ``where`` is who asks for it."""
        last = name.split("@")[0].rsplit("/", 1)[-1].lower()
        row = next((toolchain for known, toolchain in _BASES if known.match(last)), None)
        if row is None:
            raise Unsupported(f"{where}: nothing here stands in for the image {shown(name)}")
        self.needs(row)
        self.warn(f"{where}: {shown(name)} is stood in for by this machine's own programs")
        self._based = True

    def tree(self, workdir: str) -> dict[str, Content]:
        """The files in ``workdir``; raises :class:`Unsupported` where there are others."""
        inside = {p: c for p, c in self.files.items() if p.startswith(f"{workdir}/")}
        outside = sorted(set(self.files) - set(inside))
        if outside:
            raise Unsupported(
                f"it puts {shown(outside[0])} outside its working folder {shown(workdir)}"
            )
        if len(inside) > MAX_FILES or sum(len(c.data) for c in inside.values()) > MAX_BYTES:
            raise Broken(f"it puts more than {MAX_FILES:,} files or {MAX_BYTES >> 20} MB together")
        return {posixpath.relpath(path, workdir): content for path, content in inside.items()}

    # What RUN lines do; see dockerfile_run.Target.

    def at(self, path: str, cwd: str) -> str:
        return posixpath.normpath(posixpath.join(cwd, path))

    def folder(self, path: str) -> None:
        self.folders.add(path)

    def write(self, path: str, data: bytes, *, append: bool) -> None:
        old = self.files.get(path, Content())
        self.put(path, replace(old, data=(old.data if append else b"") + data))

    def put(self, path: str, content: Content) -> None:
        """``content`` at ``path``."""
        if path in self.folders:
            raise Broken(f"{shown(path)} is a file and a folder at once")
        self.files[path] = content

    def executable(self, path: str, *, yes: bool, below: bool) -> bool:
        found = [p for p in self.files if p == path or (below and p.startswith(f"{path}/"))]
        for place in found:
            self.files[place] = replace(self.files[place], executable=yes)
        return bool(found) or path in self.folders

    def remove(self, path: str) -> None:
        for place in [p for p in self.files if p == path or p.startswith(f"{path}/")]:
            del self.files[place]

    def needs(self, toolchain: str) -> None:
        if toolchain and toolchain not in self.toolchains:
            self.toolchains.append(toolchain)

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    # Instructions.

    @property
    def _variables(self) -> Mapping[str, str]:
        return {**self._args, **self.env}

    def _from(self, instruction: Instruction) -> None:
        if self._based:
            raise instruction.refuse("a second stage")
        words = substituted(instruction.text, self._variables).split()
        if not words:
            raise Broken(f"Dockerfile line {instruction.line}: FROM what?")
        self.base(words[0], f"Dockerfile line {instruction.line}")

    def _arg(self, instruction: Instruction) -> None:
        for word in instruction.words():
            name, _, value = word.partition("=")
            self._args[name] = substituted(value, self._variables)

    def _env(self, instruction: Instruction) -> None:
        words = instruction.words()
        if words and "=" not in words[0]:
            words = [f"{words[0]}={instruction.text.partition(' ')[2].strip()}"]
        for word in words:
            name, _, value = word.partition("=")
            self.env[name] = substituted(value, self._variables)

    def _workdir(self, instruction: Instruction) -> None:
        path = substituted(instruction.text, self._variables).strip("'\"")
        self.workdir = self.at(path, self.workdir or "/")
        self.folder(self.workdir)

    def _copy(self, instruction: Instruction) -> None:
        odd = sorted(set(instruction.flags) - {"chown", "chmod", "link"})
        if odd:
            raise instruction.refuse(f"{instruction.word} --{shown(odd[0])}")
        *sources, target = (substituted(word, self._variables) for word in instruction.words())
        if not sources:
            raise Broken(f"Dockerfile line {instruction.line}: {instruction.word} what to where?")
        place = self.at(target, self.workdir or "/")
        folder = target in (".", "..") or target.endswith(("/", "/."))
        many = len(sources) > 1 or folder or place in self.folders
        mode = instruction.flags.get("chmod")
        for source in sources:
            self._copy_one(instruction, source, place, many=many, mode=mode)

    def _copy_one(
        self, instruction: Instruction, source: str, place: str, *, many: bool, mode: str | None
    ) -> None:
        if re.match(r"[a-z]+://|git@", source):
            raise instruction.refuse(f"{instruction.word} {shown(source)} needs the network")
        if instruction.word == "ADD" and re.search(r"\.(?:tar|tgz|tar\.\w+)$", source):
            raise instruction.refuse("ADD unpacks an archive")
        plain = posixpath.normpath(source.lstrip("/") or ".")
        if plain.startswith(".."):
            raise Broken(f"Dockerfile line {instruction.line}: {shown(source)} leaves the folder")
        globbed = bool(set("*?[") & set(plain))
        found: dict[str, Content] = {}
        for path, content in self._context.items():
            if path == plain or (globbed and "/" not in path and matches(path, (plain,))):
                found[f"{place}/{posixpath.basename(path)}" if many or globbed else place] = content
            elif plain == "." or path.startswith(f"{plain}/"):
                below = path if plain == "." else path.removeprefix(f"{plain}/")
                found[f"{place}/{below}"] = content
        if not found:
            raise Broken(f"Dockerfile line {instruction.line}: there is no {shown(source)}")
        for path, content in found.items():
            yes = content.executable if mode is None else mode.endswith(("7", "5", "x"))
            self.put(path, replace(content, executable=yes))

    def _run(self, instruction: Instruction) -> None:
        run(instruction, self, self.workdir or "/", self._variables)

    def _start(self, instruction: Instruction) -> None:
        words = " ".join(instruction.words())
        if not _IDLE.fullmatch(words):
            raise instruction.refuse(f"{instruction.word} {shown(words)} would have to run first")

    def _ignored(self, instruction: Instruction) -> None:
        if instruction.word not in ("LABEL", "MAINTAINER"):
            what = shown(f"{instruction.word} {instruction.text}")
            self.warn(f"Dockerfile line {instruction.line}: {what} means nothing here")


_INSTRUCTIONS: Final[Mapping[str, Callable[[Image, Instruction], None]]] = {
    "FROM": Image._from,
    "ARG": Image._arg,
    "ENV": Image._env,
    "WORKDIR": Image._workdir,
    "COPY": Image._copy,
    "ADD": Image._copy,
    "RUN": Image._run,
    "CMD": Image._start,
    "ENTRYPOINT": Image._start,
    **dict.fromkeys(
        ("EXPOSE", "LABEL", "MAINTAINER", "STOPSIGNAL", "USER", "VOLUME", "SHELL"), Image._ignored
    ),
}
