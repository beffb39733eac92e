"""``cab results seal``, ``verify``, ``proof``: results that nobody can change unseen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from codingagentbench.cli.output import Json, console, counting, print_json
from codingagentbench.cli.results import DEFAULT, Results
from codingagentbench.cli.results import app as app

Sweep = Annotated[str, typer.Argument(help="The name of a sweep; 'local' for single cells.")]


@app.command(
    epilog="Examples:  cab results seal nightly   |   "
    "cab results seal nightly --key ~/.ssh/id_ed25519"
)
def seal(
    sweep: Sweep = "local",
    key: Annotated[
        Path | None, typer.Option(help="Sign the seal with this SSH key, by ssh-keygen.")
    ] = None,
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """One hash that stands for every byte of every attempt of a sweep; publish it anywhere."""
    from codingagentbench.results import Store, seal_path, sign
    from codingagentbench.results import seal as sealed

    store = Store(results)
    with counting("attempts") as progress:
        made = sealed(store, sweep, on_progress=progress)
    place = seal_path(store.root, sweep)
    signature = None if key is None else sign(place, key.expanduser())
    if as_json:
        told = made.model_dump(mode="json", exclude={"attempts"})
        print_json(
            {**told, "attempts": len(made.attempts), "seal": str(place), "signed": bool(signature)}
        )
        return
    console().print(f"{len(made.attempts):,} attempts, root {made.root}", markup=False)
    console().print(str(signature or place), markup=False)


@app.command(
    epilog="Examples:  cab results verify nightly --key their.pub   |   "
    "cab results verify --proof proof.json --root HASH FOLDER"
)
def verify(
    what: Annotated[
        str, typer.Argument(help="A sweep; with --proof, the folder of one attempt.")
    ] = "local",
    key: Annotated[
        Path | None, typer.Option(help="The public SSH key that the seal has to be signed with.")
    ] = None,
    root: Annotated[
        str | None, typer.Option(help="The root that the seal has to have, as you know it.")
    ] = None,
    proof: Annotated[
        Path | None, typer.Option(help="Check one attempt alone, by its proof and --root.")
    ] = None,
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """Hold every byte against the seal: what was changed, taken away or added, in which cell.

    Exit code 1 when anything is not as it was sealed.
    """
    if proof is not None:
        problems = _by_proof(proof, Path(what), root)
        said = f"as sealed, by root {root}"
    else:
        problems, said = _by_seal(what, results, key, root)
    if as_json:
        print_json({"problems": problems})
    else:
        for where, found in problems.items():
            console().print(f"{where}: {'; '.join(found)}", markup=False)
        console().print(f"{len(problems):,} problems" if problems else said, markup=False)
    if problems:
        raise typer.Exit(1)


def _by_seal(
    sweep: str, results: Path, key: Path | None, root: str | None
) -> tuple[dict[str, list[str]], str]:
    from codingagentbench.results import Store, seal_path, signer_of
    from codingagentbench.results import verify as verified

    store = Store(results)
    place = seal_path(store.root, sweep)
    with counting("attempts") as progress:
        done = verified(store, sweep, on_progress=progress)
    problems = {where: list(found) for where, found in done.problems.items()}
    why = None if key is None else signer_of(place, key.expanduser())
    if why is not None:
        problems.setdefault(str(place), []).append(why)
    if root is not None and root != done.seal.root:
        problems.setdefault(str(place), []).append(f"its root is {done.seal.root}, not {root}")
    by = f"; signed by the key in {key}" if key is not None else ""
    count = len(done.seal.attempts)
    return problems, f"{count:,} attempts as sealed, root {done.seal.root}{by}"


def _by_proof(proof: Path, folder: Path, root: str | None) -> dict[str, list[str]]:
    from pydantic import ValidationError

    from codingagentbench.errors import ResultsError, UsageError
    from codingagentbench.results import Proof, check_proof

    if root is None:
        raise UsageError("a proof says nothing without a root", do="give --root, as published")
    try:
        told = Proof.model_validate_json(proof.read_bytes())
    except OSError as error:
        raise ResultsError(f"cannot be read: {error.strerror}", where=str(proof)) from None
    except ValidationError:
        do = "make one: cab results proof CELL"
        raise ResultsError("is not a proof", where=str(proof), do=do) from None
    found = check_proof(told, folder, root=root)
    return {str(folder): list(found)} if found else {}


@app.command(epilog="Examples:  cab results proof pi/oracle > proof.json")
def proof(
    which: Annotated[str, typer.Argument(help="A cell's id, or a part of it.")],
    results: Results = DEFAULT,
) -> None:
    """That one attempt is in the seal of its sweep, as JSON: its folder can be checked alone."""
    from codingagentbench.cli.results import found_record
    from codingagentbench.results import Prover, Store, read_seal, seal_path

    folder, record = found_record(which, results)
    store = Store(results)
    prover = Prover(read_seal(seal_path(store.root, record.spec.sweep)))
    path = folder.absolute().relative_to(store.root).as_posix()
    print_json(prover.proof(path).model_dump(mode="json"))


@app.command(
    epilog="Examples:  cab results scan   |   cab results scan ./site   |   "
    "cab results scan --secret-env CAB_KEY"
)
def scan(
    folder: Annotated[Path, typer.Argument(help="Any folder: results, a site.")] = DEFAULT,
    secret_env: Annotated[
        list[str] | None,
        typer.Option(help="A variable that holds a secret to look for; again for more."),
    ] = None,
    secret_file: Annotated[
        list[Path] | None, typer.Option(help="A file that holds one; again for more.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Look for keys and tokens in every file, compressed ones too. Exit code 1 if there are any."""
    from codingagentbench.results import scan as scanned

    with counting("files") as progress:
        found = scanned(
            folder, secrets=_secrets(secret_env or [], secret_file or []), on_progress=progress
        )
    if as_json:
        print_json([one.__dict__ | {"path": str(one.path)} for one in found.leaks])
    else:
        for one in found.leaks:
            console().print(f"{one.path}:{one.line}: {one.kind}: {one.shown}", markup=False)
        console().print(f"{found.files:,} files, {len(found.leaks):,} secrets", markup=False)
    if found.leaks:
        raise typer.Exit(1)


def _secrets(variables: list[str], files: list[Path]) -> dict[str, str]:
    """Value -> what it is called."""
    import os

    from codingagentbench.errors import UsageError

    found = {}
    for name in variables:
        value = os.environ.get(name, "")
        if len(value) < 4:
            raise UsageError(f"${name} holds no secret", do="set it, or leave --secret-env out")
        found[value] = f"${name}"
    for path in files:
        try:
            value = path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            value = ""
        if len(value) < 4:
            raise UsageError("holds no secret", where=str(path), do="give another --secret-file")
        found[value] = path.name
    return found


@app.command(epilog="Examples:  cab results bundle nightly -o nightly.cab.zst")
def bundle(
    sweep: Sweep = "local",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write.")] = None,
    results: Results = DEFAULT,
) -> None:
    """A sealed sweep as one file, with all that a reviewer needs to check and score it again."""
    from codingagentbench.results import Store, cell_path
    from codingagentbench.results import bundle as bundled

    name = cell_path(sweep, "a", "m", "t").parts[0]
    place = out or Path(f"{name}.cab.zst")
    count = bundled(Store(results), sweep, place)
    size = place.stat().st_size / 1e6
    console().print(f"{place}: {count:,} attempts, {size:,.1f} MB", markup=False)


@app.command(
    epilog="Examples:  cab results accept nightly.cab.zst --key their.pub   |   "
    "cab results accept nightly.cab.zst --root HASH"
)
def accept(
    file: Annotated[Path, typer.Argument(help="A bundle.")],
    key: Annotated[
        Path | None, typer.Option(help="The public SSH key that it has to be signed with.")
    ] = None,
    root: Annotated[str | None, typer.Option(help="The root that its seal has to have.")] = None,
    tasks: Annotated[Path | None, typer.Option("--tasks", help="A folder of tasks.")] = None,
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """Check a bundle, score it again from its evidence, and take it in: all of it or nothing.

    Exit code 1 when anything is not as it says.
    """
    from codingagentbench.results import Store
    from codingagentbench.results import accept as accepted

    with counting("attempts") as progress:
        done = accepted(
            file,
            Store(results).open(),
            key=key.expanduser() if key else None,
            root=root,
            tasks_root=tasks,
            on_progress=progress,
        )
    if as_json:
        print_json(done.__dict__)
    else:
        for where, found in done.problems.items():
            console().print(f"{where}: {'; '.join(found)}", markup=False)
        said = f"sweep '{done.sweep}', root {done.root}: "
        if done.problems:
            said += f"{len(done.problems):,} problems, nothing was taken in"
        else:
            said += f"{done.scored:,} scored the same again, {done.taken:,} taken in"
            said += f", {done.there:,} were here" if done.there else ""
        console().print(said, markup=False)
    if done.problems:
        raise typer.Exit(1)
