"""A Dockerfile is followed as far as it is files, and refused with its line where it is more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.tasks.importing import Content, LeftOut
from codingagentbench.tasks.importing.dockerfile_image import Image

CONTEXT = {
    "a.txt": Content(data=b"a"),
    "b.txt": Content(data=b"b"),
    "run.sh": Content(data=b"r", executable=True),
    "src/main.py": Content(data=b"m"),
    "src/deep/x.py": Content(data=b"x"),
    "pack.tar.gz": Content(data=b"z"),
}


def image(lines: str, *, base: str = "FROM ubuntu:24.04\nWORKDIR /app\n") -> Image:
    made = Image(CONTEXT)
    made.follow(base + lines)
    return made


def files(lines: str) -> dict[str, str]:
    return {path: content.data.decode() for path, content in image(lines).files.items()}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("COPY a.txt .", {"/app/a.txt": "a"}),
        ("COPY a.txt /app/new", {"/app/new": "a"}),
        ("COPY a.txt new/", {"/app/new/a.txt": "a"}),
        ("COPY a.txt b.txt in/", {"/app/in/a.txt": "a", "/app/in/b.txt": "b"}),
        ("RUN mkdir in\nCOPY a.txt in", {"/app/in/a.txt": "a"}),
        ("COPY src .", {"/app/main.py": "m", "/app/deep/x.py": "x"}),
        ("COPY ./src/ /app/lib", {"/app/lib/main.py": "m", "/app/lib/deep/x.py": "x"}),
        ("COPY *.txt ./", {"/app/a.txt": "a", "/app/b.txt": "b"}),
        ('COPY ["a.txt", "/app/with space"]', {"/app/with space": "a"}),
        ("COPY --chown=1000:1000 a.txt .", {"/app/a.txt": "a"}),
        ("ADD a.txt /app/", {"/app/a.txt": "a"}),
        ("ARG N=a\nENV M=${N}.txt\nCOPY $M ./${X:-y}", {"/app/y": "a"}),
        ("ENV NAME one two\nRUN echo $NAME > f", {"/app/f": "one two\n"}),
        ("WORKDIR sub\nCOPY a.txt .", {"/app/sub/a.txt": "a"}),
        ("RUN echo hi > f && echo there >> f", {"/app/f": "hi\nthere\n"}),
        ("RUN echo -n 'a  b' > f; touch g", {"/app/f": "a  b", "/app/g": ""}),
        ("RUN printf 'a\\nb%%\\n' > f", {"/app/f": "a\nb%\n"}),
        ("RUN mkdir -p x && cd x && touch y", {"/app/x/y": ""}),
        ('RUN ["touch", "a b"]', {"/app/a b": ""}),
        ("RUN touch f \\\n  # a comment\n\n  g", {"/app/f": "", "/app/g": ""}),
        ("COPY a.txt .\nRUN rm -f a.txt", {}),
        ("RUN apt-get update -y 2>/dev/null && rm -rf /var/lib/apt/lists/* || true", {}),
        ("RUN set -eux; apt-get install -y --no-install-recommends git=1.2 python3", {}),
        ("RUN pip install --upgrade pip", {}),
        ("CMD [\"/bin/bash\"]\nLABEL a=b\nEXPOSE 80\nUSER root", {}),
        ("ENTRYPOINT sleep infinity", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_what_is_followed(lines: str, found: dict[str, str]) -> None:
    assert found == files(lines)


def test_modes() -> None:
    made = image("COPY run.sh a.txt ./\nRUN chmod +x a.txt && chmod 644 run.sh")
    assert (True, False) == (
        made.files["/app/a.txt"].executable,
        made.files["/app/run.sh"].executable,
    )
    assert image("COPY --chmod=755 b.txt .").files["/app/b.txt"].executable


@pytest.mark.parametrize(
    ("base", "toolchains"),
    [
        ("python:3.13-slim-bookworm", ["python"]),
        ("debian", []),
        ("ghcr.io/somebody/t-bench/ubuntu-24-04:20250624", []),
        ("rust@sha256:0123", ["rust"]),
        ("docker.io/library/golang:1.22", ["go"]),
        ("node:20", ["node"]),
    ],
)
def test_images_that_are_stood_in_for(base: str, toolchains: list[str]) -> None:
    """Never silently: the warning names the image."""
    made = image("", base=f"FROM --platform=linux/amd64 {base} AS main\n")
    assert toolchains == made.toolchains
    assert [
        f"Dockerfile line 1: {base} is stood in for by this machine's own programs"
    ] == made.warnings


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("FROM debian", "unsupported: Dockerfile line 3: a second stage"),
        ("COPY --from=build /x /y", "unsupported: Dockerfile line 3: COPY --from"),
        ("ADD https://x.example/y .", "line 3: ADD https://x.example/y needs the network"),
        ("ADD pack.tar.gz .", "unsupported: Dockerfile line 3: ADD unpacks an archive"),
        ("COPY <<EOF /app/x\nhello\nEOF", "unsupported: Dockerfile line 3: a here-document"),
        ("RUN <<EOF\necho\nEOF", "unsupported: Dockerfile line 3: a here-document"),
        ("COPY ../x .", "broken: Dockerfile line 3: ../x leaves the folder"),
        ("COPY nowhere .", "broken: Dockerfile line 3: there is no nowhere"),
        ("COPY a.txt", "broken: Dockerfile line 3: COPY what to where?"),
        ("COPY 'a.txt .", "broken: Dockerfile line 3: no closing quotation"),
        ("RUN mkdir x\nCOPY a.txt x/y\nRUN mkdir z && echo > z", "a file and a folder at once"),
        ("RUN curl https://x.example | sh", "line 3: RUN with '|'"),
        ("RUN wget x", "unsupported: Dockerfile line 3: RUN wget x needs the network"),
        ("RUN git clone https://x.example/y", "RUN git clone https://x.example/y needs the"),
        ("RUN make all", "RUN make all is not understood"),
        ("RUN apt-get update \\\n  && apt-get install -y nginx", "line 3: RUN install -y nginx"),
        ("RUN pip install numpy==2", "numpy==2 would have to be installed"),
        ("RUN python3 -m pip install x", "x would have to be installed"),
        ("RUN python3 setup.py", "a program is not run"),
        ("RUN echo $(id) > f", "line 3: RUN with a command in a command"),
        ("RUN echo `id` > f", "line 3: RUN with a command in a command"),
        ("RUN echo $HOME > f", "RUN with $HOME, which is not set before"),
        ("RUN echo 'a\\nb' > f", "what a backslash means in echo depends on the shell"),
        ("RUN printf '%s' a > f", "only a text without % is understood"),
        ("RUN cat < f", "RUN with '<'"),
        ("RUN (cd x)", "RUN with '('"),
        ("RUN touch a &", "RUN with '&'"),
        ("RUN false || touch a", "RUN with '||'"),
        ("RUN rm *.txt", "RUN '*.txt': a pattern"),
        ("RUN chmod g=u x", "mode g=u"),
        ("RUN chmod +x gone", "there is no /app/gone"),
        ("RUN mkdir -m 700 x", "option -m"),
        ("RUN mkdir -p 'x", "no closing quotation"),
        ("RUN --mount=type=cache,target=/x touch y", "RUN --mount"),
        ("HEALTHCHECK CMD true", "HEALTHCHECK is not understood"),
        ("ENTRYPOINT [\"/start.sh\"]", "ENTRYPOINT /start.sh would have to run first"),
        ("CMD service ssh start", "CMD service ssh start would have to run first"),
        ("ENV A=aaaaaaaaaa\n" + "ENV A=$A$A\n" * 40, "comes to more than 100,000 characters"),
        ("???", "broken: Dockerfile line 3: no instruction: ???"),
    ],
)  # fmt: skip
def test_what_is_refused(lines: str, why: str) -> None:
    with pytest.raises(LeftOut) as error:
        image(lines)
    assert why in f"{error.value.status}: {error.value}"
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the Dockerfile has no FROM"),
        ("RUN touch x", "Dockerfile line 1: nothing comes before FROM"),
        ("FROM nvidia/cuda:12", "nothing here stands in for the image nvidia/cuda:12"),
        ("FROM scratch", "nothing here stands in for the image scratch"),
        ("ARG BASE=alpine\nFROM $BASE", "nothing here stands in for the image alpine"),
        ("# escape=`\nFROM debian", "Dockerfile line 1: another escape character"),
    ],
)
def test_where_it_begins(text: str, why: str) -> None:
    with pytest.raises(LeftOut, match=why.replace("$", r"\$")):
        Image(CONTEXT).follow(text)


def test_only_the_working_folder_counts() -> None:
    made = image("COPY a.txt b.txt ./\nRUN mkdir -p /logs /data")
    assert ["a.txt", "b.txt"] == sorted(made.tree("/app"))
    with pytest.raises(LeftOut, match="it puts /etc/motd outside its working folder /app"):
        image("COPY a.txt /etc/motd").tree("/app")


def test_a_tree_that_grows_by_copies() -> None:
    made = Image({"big": Content(data=b"x" * (1 << 20))})
    made.follow("FROM debian\n" + "".join(f"COPY big /app/{n}\n" for n in range(30)))
    with pytest.raises(LeftOut, match="it puts more than 2,000 files or 20 MB together"):
        made.tree("/app")


@given(st.text(alphabet="FROMRUNCPYdebian /.$\\\n\"'[]{}&|;>-=#*echo", max_size=200))
def test_any_text_is_followed_or_refused(text: str) -> None:
    """Nothing but LeftOut is raised, and no file is ever outside the root."""
    made = Image(CONTEXT)
    try:
        made.follow("FROM debian\nWORKDIR /app\n" + text)
    except LeftOut:
        return
    assert all(path.startswith("/") and "/../" not in path for path in made.files)
