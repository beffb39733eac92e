"""The few commands of RUN lines that are understood, on an image that is only thought of."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from codingagentbench.tasks.importing.dockerfile import Instruction, substituted
from codingagentbench.tasks.importing.reading import shown

#: Packages that this machine's sandbox has anyway, or has by a toolchain.
_PACKAGES: Final = {
    "": """
        bash bsdextrautils bsdmainutils bzip2 ca-certificates coreutils dash diffutils findutils
        gawk git grep gzip less locales lsb-release make mawk patch perl procps sed tar tzdata
        unzip util-linux xz-utils zip tmux asciinema curl wget file jq sqlite3
    """,
    "python": "python3 python3-minimal python-is-python3",
    "c++": "build-essential g++ gcc libc6-dev clang cpp",
    "go": "golang golang-go",
    "rust": "rustc cargo",
    "node": "nodejs",
    "java": "default-jdk default-jdk-headless openjdk-17-jdk-headless",
}
#: Package -> toolchain, "" where none is needed.
PACKAGES: Final[Mapping[str, str]] = {
    name: toolchain for toolchain, names in _PACKAGES.items() for name in names.split()
}
_NETWORK: Final = (
    "apk", "cargo", "conda", "curl", "gem", "git", "go", "npm", "npx", "pnpm", "uv", "uvx",
    "wget", "yarn",
)  # fmt: skip
#: Folders that are emptied to make an image smaller; none of them is in a tree.
_CACHES: Final = re.compile(r"/(?:var|tmp|root/\.cache|usr/share)(?:/.*)?")


class Target(Protocol):
    """What commands are done to; paths are absolute."""

    def folder(self, path: str) -> None: ...
    def write(self, path: str, data: bytes, *, append: bool) -> None: ...
    def executable(self, path: str, *, yes: bool, below: bool) -> bool: ...
    def remove(self, path: str) -> None: ...
    def needs(self, toolchain: str) -> None: ...
    def warn(self, text: str) -> None: ...
    def at(self, path: str, cwd: str) -> str: ...


def run(instruction: Instruction, target: Target, cwd: str, variables: Mapping[str, str]) -> None:
    """Do what a RUN line does; raises :class:`Unsupported` for anything that is not understood."""
    if instruction.flags:
        raise instruction.refuse(f"RUN --{shown(next(iter(instruction.flags)))}")
    listed = instruction.listed()
    commands = [listed] if listed is not None else _commands(instruction, variables)
    for words in commands:
        words, into = _redirected(words, instruction)
        name = words[0] if words else ":"
        if name == "cd" and len(words) == 2:
            cwd = target.at(words[1], cwd)
            continue
        does = _COMMANDS.get(name)
        if does is None:
            why = "needs the network" if name in _NETWORK else "is not understood"
            raise instruction.refuse(f"RUN {shown(shlex.join(words))} {why}")
        if into is not None and name not in ("echo", "printf", "true", ":"):
            raise instruction.refuse(f"RUN {shown(name)} with its output in a file")
        does(_Call(instruction, target, cwd, words[1:], into))


class _Call:
    """One command: ``into`` is where its output goes, and whether at the end of that."""

    def __init__(
        self,
        instruction: Instruction,
        target: Target,
        cwd: str,
        words: list[str],
        into: tuple[str, bool] | None,
    ) -> None:
        self.target, self.into = target, into
        self.options = [w for w in words if w.startswith("-") and w != "-"]
        self.plain = [w for w in words if w not in self.options]
        self.words, self._instruction, self._cwd = words, instruction, cwd

    def paths(self, words: list[str]) -> list[str]:
        return [self.target.at(word, self._cwd) for word in words]

    def only(self, *options: str) -> None:
        """Refuse other options than these letters and words."""
        for option in self.options:
            letters = set(option[1:]) if not option.startswith("--") else {option}
            if option not in options and not letters <= set(options):
                self.refuse(f"option {option}")

    def refuse(self, why: str) -> None:
        raise self._instruction.refuse(f"RUN {shown(shlex.join(self.words))}: {why}")


def _commands(instruction: Instruction, variables: Mapping[str, str]) -> list[list[str]]:
    text = re.sub(r"\s(?:[12&]?>>?\s*/dev/null|2>&1)(?=\s|$|;)", " ", instruction.text)
    text = re.sub(r"\|\|\s*(?:true|:)(?=\s|$|;)", " ", text)
    if "`" in text or "$(" in text:
        raise instruction.refuse("RUN with a command in a command")
    for name in re.findall(r"\$\{?(\w+)", text):
        if name not in variables:
            raise instruction.refuse(f"RUN with ${shown(name)}, which is not set before")
    lexer = shlex.shlex(substituted(text, variables), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    commands: list[list[str]] = [[]]
    try:
        for word in lexer:
            if word in ("&&", ";"):
                commands.append([])
            else:
                commands[-1].append(word)
    except ValueError as error:
        raise instruction.refuse(f"RUN: {str(error).lower()}") from None
    return [words for words in commands if words]


def _redirected(
    words: list[str], instruction: Instruction
) -> tuple[list[str], tuple[str, bool] | None]:
    into = None
    if len(words) > 2 and words[-2] in (">", ">>"):
        into, words = (words[-1], words[-2] == ">>"), words[:-2]
    odd = [word for word in words if word and set(word) <= set("<>|&();")]
    if odd:
        raise instruction.refuse(f"RUN with '{odd[0]}'")
    return words, into


def _nothing(call: _Call) -> None:
    del call


def _mkdir(call: _Call) -> None:
    call.only("p", "v", "--parents")
    for path in call.paths(call.plain):
        call.target.folder(path)


def _touch(call: _Call) -> None:
    call.only()
    for path in call.paths(call.plain):
        call.target.write(path, b"", append=True)


def _echo(call: _Call) -> None:
    plain = call.words[1:] if call.words[:1] == ["-n"] else call.words
    text = " ".join(plain)
    if "\\" in text or call.words[:1] == ["-e"]:
        call.refuse("what a backslash means in echo depends on the shell")
    _say(call, text + ("" if call.words[:1] == ["-n"] else "\n"))


def _printf(call: _Call) -> None:
    if len(call.words) != 1 or "%" in call.words[0].replace("%%", ""):
        call.refuse("only a text without % is understood")
    meant = {"\\n": "\n", "\\t": "\t", "\\\\": "\\", "%%": "%"}
    _say(call, re.sub(r"\\[nt\\]|%%", lambda found: meant[found[0]], call.words[0]))


def _say(call: _Call, text: str) -> None:
    if call.into is not None:
        (path,) = call.paths([call.into[0]])
        call.target.write(path, text.encode("utf-8", "surrogateescape"), append=call.into[1])


def _chmod(call: _Call) -> None:
    below = "-R" in call.options
    mode, *names = [word for word in call.words if word not in ("-R", "-v")] or [""]
    symbolic = re.fullmatch(r"[ugoa]*([+=-])([rwxX]+)", mode)
    if symbolic is None and not re.fullmatch(r"[0-7]{3,4}", mode):
        call.refuse(f"mode {mode}")
    yes = symbolic[1] != "-" if symbolic else bool(int(mode, 8) & 0o100)
    if symbolic and "x" not in symbolic[2]:
        return
    for path in call.paths(names):
        if not call.target.executable(path, yes=yes, below=below):
            call.refuse(f"there is no {path}")


def _rm(call: _Call) -> None:
    call.only("r", "f", "R", "--recursive", "--force")
    for path in call.paths(call.plain):
        if _CACHES.fullmatch(path):
            continue
        if set("*?[") & set(path):
            call.refuse("a pattern")
        call.target.remove(path)


def _apt(call: _Call) -> None:
    verb = call.plain[0] if call.plain else ""
    if verb in ("update", "clean", "autoremove", "autoclean", "upgrade"):
        return
    if verb != "install":
        call.refuse("only install is understood")
    missing = []
    for word in call.plain[1:]:
        name = re.split(r"[=:/]", word)[0]
        if name in PACKAGES:
            call.target.needs(PACKAGES[name])
        else:
            missing.append(name)
    if missing:
        call.refuse(f"{missing[0]} is not what every machine has")
    if call.plain[1:]:
        call.target.warn(f"nothing is installed: {', '.join(call.plain[1:])} as it is on the host")


def _pip(call: _Call) -> None:
    wanted = [word for word in call.plain if word not in ("install", "pip", "setuptools", "wheel")]
    if "-m" in call.words:
        wanted = wanted[wanted[:1] == ["pip"] :]
    if wanted:
        call.refuse(f"{wanted[0]} would have to be installed; the standard library is all there is")


def _python(call: _Call) -> None:
    if call.words[:2] != ["-m", "pip"]:
        call.refuse("a program is not run")
    _pip(call)


def _user(call: _Call) -> None:
    call.target.warn("users are not made: everything runs as one that is not privileged")


_COMMANDS: Final[Mapping[str, Callable[[_Call], None]]] = {
    ":": _nothing,
    "true": _nothing,
    "set": _nothing,
    "chown": _nothing,  # everything in a tree belongs to the agent
    "ldconfig": _nothing,
    "mkdir": _mkdir,
    "touch": _touch,
    "echo": _echo,
    "printf": _printf,
    "chmod": _chmod,
    "rm": _rm,
    "apt-get": _apt,
    "apt": _apt,
    "pip": _pip,
    "pip3": _pip,
    "python": _python,
    "python3": _python,
    "useradd": _user,
    "adduser": _user,
    "groupadd": _user,
}
